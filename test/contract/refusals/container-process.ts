/** Everything else that a container cannot be: its image, process, health and name. */

import * as pulumi from "@pulumi/pulumi";
import { Container, Volume } from "../../../components";
import { image, type Refusal, two, web } from "./refusal";

const whole = (args: unknown) => () => new Container("web", args as never);
const check = (args: unknown) => web({ healthCheck: args });

export const processRefusals: readonly Refusal[] = [
  [
    "no arguments",
    whole(undefined),
    ['container "web" has 1 invalid argument', "  args: is required: an object"],
  ],
  ["null", whole(null), ['container "web" has 1 invalid argument', "  args: must be an object, got null"]],
  [
    "a list",
    whole([]),
    ['container "web" has 1 invalid argument', "  args: must be an object, got a list of 0"],
  ],
  [
    "arguments that are known late",
    whole(pulumi.output({})),
    [
      'container "web" has 1 invalid argument',
      "  args: must be an object, got an Output, but the value must be known at preview time",
    ],
  ],
  ["no image", whole({}), ['container "web" has 1 invalid argument', "  image: is required: an Image"]],
  [
    "an image by name",
    web({ image: "nginx" }),
    ['container "web" has 1 invalid argument', '  image: must be an Image, got "nginx"'],
  ],
  [
    "an image that is known late",
    web({ image: pulumi.output("nginx") }),
    [
      'container "web" has 1 invalid argument',
      "  image: must be an Image, got an Output, but the value must be known at preview time",
    ],
  ],
  [
    "another component as an image",
    () => web({ image: new Volume("data") })(),
    ['container "web" has 1 invalid argument', "  image: must be an Image, got a Volume"],
  ],
  [
    "an image without an id",
    web({ image: { imageId: null } }),
    ['container "web" has 1 invalid argument', "  image: must be an Image, got an object"],
  ],
  [
    "the key of another tool",
    web({ env: {} }),
    ['container "web" has 1 invalid argument', '  "env" is not a known key; did you mean "environment"?'],
  ],
  [
    "an unknown key",
    web({ zzzzzz: 1 }),
    ['container "web" has 1 invalid argument', '  "zzzzzz" is not a known key'],
  ],
  [
    "two slips of the hand",
    web({ prots: [], memoryMib: 64 }),
    [
      'container "web" has 2 invalid arguments',
      '  "prots" is not a known key; did you mean "ports"?',
      '  "memoryMib" is not a known key; did you mean "memoryMiB"?',
    ],
  ],

  [
    "a command as one text",
    web({ command: "python app.py" }),
    ['container "web" has 1 invalid argument', '  command: must be a list, got "python app.py"'],
  ],
  [
    "an empty command",
    web({ command: [] }),
    ['container "web" has 1 invalid argument', "  command: must not be empty"],
  ],
  [
    "an empty argument",
    web({ command: ["python", ""] }),
    ['container "web" has 1 invalid argument', '  command[1]: must be text that is not empty, got ""'],
  ],
  [
    "a number as an argument",
    web({ command: ["sleep", 60] }),
    [
      'container "web" has 1 invalid argument',
      "  command[1]: must be text that is not empty, got 60; write it in quotes",
    ],
  ],
  [
    "null as an entrypoint",
    web({ entrypoint: null }),
    ['container "web" has 1 invalid argument', "  entrypoint: must be a list, got null"],
  ],
  [
    "a user with a blank",
    web({ user: "my user" }),
    [
      'container "web" has 1 invalid argument',
      '  user: must be a user such as "app" or "1000:1000", got "my user"',
    ],
  ],
  [
    "a user as a number",
    web({ user: 1000 }),
    [
      'container "web" has 1 invalid argument',
      '  user: must be a user such as "app" or "1000:1000", got 1000; write it in quotes',
    ],
  ],
  [
    "a relative working directory",
    web({ workingDirectory: "app" }),
    [
      'container "web" has 1 invalid argument',
      '  workingDirectory: must be an absolute path without a trailing slash, for example "/data", got "app"',
    ],
  ],
  [
    "init in words",
    web({ init: "true" }),
    [
      'container "web" has 1 invalid argument',
      '  init: must be true or false, got "true"; write true without quotes',
    ],
  ],
  [
    "a signal without SIG",
    web({ stopSignal: "TERM" }),
    [
      'container "web" has 1 invalid argument',
      '  stopSignal: must be a signal such as "SIGTERM", got "TERM"',
    ],
  ],
  [
    "no grace",
    web({ stopGraceSeconds: 0 }),
    [
      'container "web" has 1 invalid argument',
      "  stopGraceSeconds: must be a whole number from 1 to 3600, got 0",
    ],
  ],
  [
    "grace with a unit",
    web({ stopGraceSeconds: "10s" }),
    [
      'container "web" has 1 invalid argument',
      '  stopGraceSeconds: must be a whole number from 1 to 3600, got "10s"',
    ],
  ],
  [
    "an unknown restart policy",
    web({ restart: "allways" }),
    [
      'container "web" has 1 invalid argument',
      '  restart: must be "no", "always", "unless-stopped", "on-failure" or { onFailure: n }, got "allways"; did you mean "always"?',
    ],
  ],
  [
    "a restart policy as a boolean",
    web({ restart: true }),
    [
      'container "web" has 1 invalid argument',
      '  restart: must be "no", "always", "unless-stopped", "on-failure" or { onFailure: n }, got true',
    ],
  ],
  [
    "no tries",
    web({ restart: { onFailure: 0 } }),
    [
      'container "web" has 1 invalid argument',
      "  restart.onFailure: must be a whole number of at least 1, got 0",
    ],
  ],

  [
    "a health check as text",
    check("curl -f http://localhost"),
    [
      'container "web" has 1 invalid argument',
      '  healthCheck: must be "none" or an object such as { command: "healthy" }, got "curl -f http://localhost"',
    ],
  ],
  [
    "Docker's form of a health check",
    check(["CMD", "healthy"]),
    [
      'container "web" has 1 invalid argument',
      '  healthCheck: must be "none" or an object such as { command: "healthy" }, got a list of 2',
    ],
  ],
  [
    "Compose's form of a health check",
    check({ test: "healthy", interval: 5 }),
    [
      'container "web" has 3 invalid arguments',
      "  healthCheck.command: is required: a shell command or a list of a program and its arguments",
      '  healthCheck: "test" is not a known key; known: command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds',
      '  healthCheck: "interval" is not a known key; did you mean "intervalSeconds"?',
    ],
  ],
  [
    "an empty command of a health check",
    check({ command: [] }),
    ['container "web" has 1 invalid argument', "  healthCheck.command: must not be empty"],
  ],
  [
    "a number in the command of a health check",
    check({ command: ["healthy", 80] }),
    [
      'container "web" has 1 invalid argument',
      "  healthCheck.command[1]: must be text that is not empty, got 80; write it in quotes",
    ],
  ],
  [
    "time that runs backwards",
    check({ command: "healthy", intervalSeconds: -1 }),
    [
      'container "web" has 1 invalid argument',
      "  healthCheck.intervalSeconds: must be a number of seconds, at least 0.001, got -1",
    ],
  ],
  [
    "several faults of a health check",
    check({ command: "", timeoutSeconds: "5s", retries: 0 }),
    [
      'container "web" has 3 invalid arguments',
      '  healthCheck.command: must be a shell command or a list of a program and its arguments, got ""',
      '  healthCheck.timeoutSeconds: must be a number of seconds, at least 0.001, got "5s"',
      "  healthCheck.retries: must be a whole number of at least 1, got 0",
    ],
  ],
  [
    "waiting for a check that is off",
    web({ healthCheck: "none", waitUntilHealthy: true }),
    [
      'container "web" has 1 invalid argument',
      '  waitUntilHealthy: needs a health check, got healthCheck: "none"',
    ],
  ],
  [
    "an end that Docker does not accept",
    web({ mayComplete: true }),
    [
      'container "web" has 1 invalid argument',
      '  mayComplete: needs restart: "no" or "on-failure", because Docker starts the container again otherwise',
    ],
  ],
  [
    "no time to wait",
    web({ waitTimeoutSeconds: 0 }),
    [
      'container "web" has 1 invalid argument',
      "  waitTimeoutSeconds: must be a whole number of at least 1, got 0",
    ],
  ],

  [
    "a log driver alone",
    web({ logging: "json-file" }),
    [
      'container "web" has 1 invalid argument',
      '  logging: must be an object such as { driver: "journald" }, got "json-file"',
    ],
  ],
  [
    "options of a log without a driver",
    web({ logging: { options: {} } }),
    ['container "web" has 1 invalid argument', "  logging.driver: is required: text that is not empty"],
  ],
  [
    "a number as an option of a log",
    web({ logging: { driver: "local", options: { "max-file": 3 } } }),
    [
      'container "web" has 1 invalid argument',
      '  logging.options["max-file"]: must be text, got 3; write it in quotes',
    ],
  ],
  [
    "a label of Compose",
    web({ labels: { "com.docker.compose.project": "mine" } }),
    [
      'container "web" has 1 invalid argument',
      '  labels["com.docker.compose.project"]: must be a label name that is not empty and not reserved (com.docker.compose.*, io.dockwright.*), got "com.docker.compose.project"',
    ],
  ],
  [
    "a number as a label",
    web({ labels: { replicas: 3 } }),
    ['container "web" has 1 invalid argument', "  labels.replicas: must be text, got 3; write it in quotes"],
  ],
  [
    "a host name with a blank",
    web({ hostname: "my web" }),
    [
      'container "web" has 1 invalid argument',
      '  hostname: must be a host name: letters, digits, . and -, got "my web"',
    ],
  ],
  [
    "a host without an address",
    web({ extraHosts: { db: "db.example.com" } }),
    [
      'container "web" has 1 invalid argument',
      '  extraHosts.db: must be an IPv4 address or "host-gateway", got "db.example.com"',
    ],
  ],
  [
    "an address above the last",
    web({ extraHosts: { db: "10.20.0.256" } }),
    [
      'container "web" has 1 invalid argument',
      '  extraHosts.db: must be an IPv4 address or "host-gateway", got "10.20.0.256"',
    ],
  ],
  [
    "a name server by name",
    web({ dns: ["one.one.one.one"] }),
    ['container "web" has 1 invalid argument', '  dns[0]: must be an IPv4 address, got "one.one.one.one"'],
  ],
  [
    "a name that Docker refuses",
    web({ name: "my/web" }),
    [
      'container "web" has 1 invalid argument',
      '  name: must be a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first, got "my/web"',
    ],
  ],
  [
    "a name that is known late",
    web({ name: pulumi.output("web") }),
    [
      'container "web" has 1 invalid argument',
      "  name: must be a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first, got an Output, but the value must be known at preview time",
    ],
  ],
  [
    "replica 0",
    web({ replica: 0 }),
    ['container "web" has 1 invalid argument', "  replica: must be a whole number of at least 1, got 0"],
  ],
  [
    "one name for two containers",
    two({ name: "shop-web" }, { name: "shop-web" }),
    [
      'container "second" has 1 invalid argument',
      '  name: must be unique on the host, got "shop-web", which container "first" already uses',
    ],
  ],
  [
    "a name that cannot be a host name",
    () => new Container("my web", { image: image() }),
    [
      'container "my web" has 1 invalid argument',
      '  service: is required: the container\'s name "my web" is not a valid host name',
    ],
  ],

  [
    "several faults at once",
    web({
      imge: 1,
      memoryMiB: 4,
      ports: [{ container: 0, host: "x" }],
      environment: { PORT: 8080 },
      restart: "alway",
    }),
    [
      'container "web" has 6 invalid arguments',
      "  memoryMiB: must be a whole number from 6 to 16777216 MiB, got 4",
      "  environment.PORT: must be text, got a number; write numbers and booleans in quotes",
      '  ports[0].container: must be a whole number from 1 to 65535 or a range such as "8000-8005", got 0',
      '  ports[0].host: must be a whole number from 1 to 65535 or a range such as "8000-8005", got "x"',
      '  restart: must be "no", "always", "unless-stopped", "on-failure" or { onFailure: n }, got "alway"; did you mean "always"?',
      '  "imge" is not a known key; did you mean "image"?',
    ],
  ],
  [
    "several arguments that do not go together",
    web({
      ports: [{ container: 80 }, { container: 80 }],
      networkMode: "none",
      capabilities: ["SYS_ADMIN"],
      mounts: [{ bind: "/etc", path: "/data" }],
      secrets: { password: "hunter2" },
      readOnlyRoot: true,
    }),
    [
      'container "web" has 5 invalid arguments',
      "  ports[1].container: must be published once, got 80/tcp again; put a proxy in front to serve it twice",
      "  secrets.password: cannot be copied into a read-only root file system; leave out readOnlyRoot, or mount a bind that already has the file",
      '  capabilities[0]: "SYS_ADMIN" affects more than the container; if this is intended, give the reason in unsafe.capabilities',
      '  mounts[0].bind: "/etc" is a sensitive path of the host; if this is intended, give the reason in unsafe.hostPaths',
      '  ports: cannot be published with networkMode "none"; connect it to a network',
    ],
  ],
];
