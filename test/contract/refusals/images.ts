/** Images and Dockerfiles that no builder would take. */

import { Dockerfile, Image } from "../../../components";
import { picture, type Refusal } from "./refusal";

const build = (args: unknown) => picture({ build: args });
const front = (args: object) => build({ context: "apps/front", ...args });
const file = Dockerfile.from("debian:bookworm-slim", { as: "base" });
const wrong = (value: unknown) => value as never;

export const imageRefusals: readonly Refusal[] = [
  ["no image", picture(undefined), ['image "app" has 1 invalid argument', "  args: is required: an object"]],
  [
    "nothing as an image",
    picture(null),
    ['image "app" has 1 invalid argument', "  args: must be an object, got null"],
  ],
  [
    "an image that is built and pulled",
    picture({ build: { context: "apps/front" }, reference: "nginx" }),
    ['image "app" has 1 invalid argument', "  reference: and build exclude each other; keep one"],
  ],
  [
    "a name that no repository can have",
    () => new Image("A B", { build: { context: "apps/front" } }),
    [
      'image "A B" has 1 invalid argument',
      `  name: must be letters, digits, and single . _ - between them, got "A B"; it is part of the image's name`,
    ],
  ],
  [
    "an image by name",
    picture("nginx"),
    ['image "app" has 1 invalid argument', '  args: must be an object, got "nginx"'],
  ],
  [
    "a reference in upper case",
    picture({ reference: "Nginx" }),
    [
      'image "app" has 1 invalid argument',
      '  reference: must have a repository in lower case, got "Nginx"; write "nginx"',
    ],
  ],
  [
    "an empty reference",
    picture({ reference: "" }),
    [
      'image "app" has 1 invalid argument',
      '  reference: must name an image, got ""; write for example "debian:bookworm-slim"',
    ],
  ],
  [
    "a reference as a number",
    picture({ reference: 5 }),
    ['image "app" has 1 invalid argument', "  reference: must be the name of an image, got 5"],
  ],
  [
    "a registry by name",
    picture({ reference: "nginx", registry: "r.example.com" }),
    ['image "app" has 1 invalid argument', '  registry: must be a Registry, got "r.example.com"'],
  ],
  [
    "a folder alone",
    build("./app"),
    ['image "app" has 1 invalid argument', '  build: must be an object, got "./app"'],
  ],
  [
    "no context",
    build({}),
    [
      'image "app" has 1 invalid argument',
      "  build.context: is required: the folder that holds the Dockerfile",
    ],
  ],
  [
    "a number as the context",
    build({ context: 5 }),
    [
      'image "app" has 1 invalid argument',
      "  build.context: must be text that is not empty, got 5; write it in quotes",
    ],
  ],
  [
    "a context that does not exist",
    build({ context: "/no/such/folder" }),
    [
      'image "app" has 1 invalid argument',
      '  build.context: must be an existing folder, got "/no/such/folder", which does not exist; it is resolved to /no/such/folder',
    ],
  ],
  [
    "a context that is a file",
    build({ context: "/etc/passwd" }),
    [
      'image "app" has 1 invalid argument',
      '  build.context: must be a folder, got "/etc/passwd", which is a file; name the folder that holds it',
    ],
  ],
  [
    "a context without a Dockerfile",
    build({ context: "/usr" }),
    [
      'image "app" has 1 invalid argument',
      '  build.dockerfile: must be an existing file, got "Dockerfile", which does not exist; it is resolved against the context to /usr/Dockerfile',
    ],
  ],
  [
    "a folder as the Dockerfile",
    build({ context: "apps", dockerfile: "front" }),
    [
      'image "app" has 1 invalid argument',
      '  build.dockerfile: must be a file, got "front", which is not one',
    ],
  ],
  [
    "an absolute Dockerfile",
    front({ dockerfile: "/etc/passwd" }),
    [
      'image "app" has 1 invalid argument',
      '  build.dockerfile: must be a path below the context, a typed Dockerfile, or an object with its text, got "/etc/passwd"',
    ],
  ],
  [
    "a Dockerfile above the context",
    front({ dockerfile: "../Dockerfile" }),
    [
      'image "app" has 1 invalid argument',
      '  build.dockerfile: must be a path below the context, a typed Dockerfile, or an object with its text, got "../Dockerfile"',
    ],
  ],
  [
    "an empty path",
    front({ dockerfile: "" }),
    [
      'image "app" has 1 invalid argument',
      '  build.dockerfile: must be a path below the context, a typed Dockerfile, or an object with its text, got ""',
    ],
  ],
  [
    "a number as the Dockerfile",
    front({ dockerfile: 5 }),
    [
      'image "app" has 1 invalid argument',
      "  build.dockerfile: must be a path below the context, a typed Dockerfile, or an object with its text, got 5",
    ],
  ],
  [
    "a stage with a blank",
    front({ target: "my stage" }),
    ['image "app" has 1 invalid argument', '  build.target: must be the name of a stage, got "my stage"'],
  ],
  [
    "a number as a build argument",
    front({ args: { JOBS: 4 } }),
    ['image "app" has 1 invalid argument', "  build.args.JOBS: must be text, got 4; write it in quotes"],
  ],
  [
    "a processor alone",
    front({ platform: "arm64" }),
    [
      'image "app" has 1 invalid argument',
      '  build.platform: must be a platform such as "linux/amd64", got "arm64"',
    ],
  ],
  [
    "a number as a boolean",
    front({ noCache: 1 }),
    ['image "app" has 1 invalid argument', "  build.noCache: must be true or false, got 1"],
  ],
  [
    "another spelling",
    front({ dockerFile: "Dockerfile" }),
    [
      'image "app" has 1 invalid argument',
      '  build: "dockerFile" is not a known key; did you mean "dockerfile"?',
    ],
  ],
  [
    "a number as a label",
    front({ labels: { version: 1 } }),
    ['image "app" has 1 invalid argument', "  build.labels.version: must be text, got 1; write it in quotes"],
  ],
  [
    "several faults at once",
    front({ dockerfile: 5, target: "", platform: "arm64" }),
    [
      'image "app" has 3 invalid arguments',
      "  build.dockerfile: must be a path below the context, a typed Dockerfile, or an object with its text, got 5",
      '  build.target: must be the name of a stage, got ""',
      '  build.platform: must be a platform such as "linux/amd64", got "arm64"',
    ],
  ],
];

/** Programs that write a wrong Dockerfile; each is an error of its own, at the instruction. */
export const dockerfileRefusals: readonly Refusal[] = [
  [
    "a base in upper case",
    () => Dockerfile.from("Debian"),
    ['FROM: must have a repository in lower case, got "Debian"; write "debian"'],
  ],
  [
    "a base that is no text",
    () => Dockerfile.from(wrong(5)),
    ["FROM: must be text, got 5; write it in quotes"],
  ],
  [
    "a name in upper case",
    () => Dockerfile.from("debian", { as: wrong("Build") }),
    [
      'FROM as: must be lower-case letters, digits and _ . -, beginning with a letter, and not a reserved word, got "Build"; write for example "build"',
    ],
  ],
  [
    "a name that is taken",
    () => file.from("debian", { as: "base" }),
    ['FROM as: must be a new name, got "base"; an earlier stage has it: choose another'],
  ],
  ["an empty command", () => file.run(""), ['RUN: must not be empty, got ""; write a command']],
  ["no command", () => file.run([]), ["RUN: must have at least one argument, got []; write a command"]],
  [
    "null as a command",
    () => file.run(wrong(null)),
    ["RUN: must be text or a list of arguments, got null; write a command"],
  ],
  [
    "a number in a command",
    () => file.cmd(["sleep", wrong(60)]),
    ["CMD: must be text, got 60; write it in quotes"],
  ],
  [
    "a stage that does not exist",
    () => file.copy("/a", "/b", { from: wrong("bsae") }),
    [
      'COPY from: must be the name of an earlier stage, got "bsae"; no stage before this one has a name; an image goes into fromImage',
    ],
  ],
  [
    "a source outside of the context",
    () => file.copy("../a", "/b"),
    ['COPY: must stay inside the context, got "../a"; use a higher folder as the context'],
  ],
  [
    "several sources for one file",
    () => file.copy(["a", "b"], "/c"),
    ['COPY: must have a destination that ends in / for several sources, got "/c"; write "/c/"'],
  ],
  [
    "nothing to copy",
    () => file.copy([], "/c"),
    ["COPY: must have at least one source, got []; name a file"],
  ],
  ["null to copy", () => file.copy(wrong(null), "/c"), ["COPY: must be text, got null; write it in quotes"]],
  [
    "an owner with a blank",
    () => file.copy("a", "/b", { chown: "my user" }),
    ['COPY chown: must be user or user:group, got "my user"; write for example "1000:1000"'],
  ],
  [
    "permissions in letters",
    () => file.copy("a", "/b", { chmod: "u+x" }),
    ['COPY chmod: must be 3 or 4 octal digits, got "u+x"; write for example "0755"'],
  ],
  [
    "an empty working directory",
    () => file.workdir(""),
    ['WORKDIR: must not be empty, got ""; give it a value'],
  ],
  [
    "a variable that begins with a digit",
    () => file.env({ "1A": "1" }),
    ['ENV: must have names of letters, digits and _, not beginning with a digit, got "1A"; rename it'],
  ],
  [
    "a number as a variable",
    () => file.env({ PORT: wrong(8080) }),
    ["ENV PORT: must be text, got 8080; write it in quotes"],
  ],
  [
    "no variables",
    () => file.env(wrong(null)),
    ['ENV: must have names and values, got null; write for example { A: "1" }'],
  ],
  [
    "a line break in a variable",
    () => file.env({ A: "a\nb" }),
    [
      'ENV A: must be one line, got "a\\nb"; a Dockerfile cannot write a line break here; set it when the container runs',
    ],
  ],
  [
    "an argument with a blank",
    () => file.arg("MY ARG"),
    ['ARG: must be a name of letters, digits and _, not beginning with a digit, got "MY ARG"; rename it'],
  ],
  [
    "port 0",
    () => file.expose(0),
    ["EXPOSE: must be a whole number from 1 to 65535, got 0; write for example 8080"],
  ],
  [
    "a port as text",
    () => file.expose(wrong("80")),
    ['EXPOSE: must be a whole number from 1 to 65535, got "80"; write for example 8080'],
  ],
  [
    "an unknown protocol",
    () => file.expose(80, wrong("icmp")),
    ['EXPOSE: must be tcp, udp or sctp, got "icmp"; leave it out for tcp'],
  ],
  ["an empty user", () => file.user(""), ['USER: must not be empty, got ""; give it a value']],
  [
    "a relative volume",
    () => file.volume("data"),
    ['VOLUME: must be an absolute path, got "data"; write "/data"'],
  ],
  [
    "no probe",
    () => file.healthCheck([]),
    ['HEALTHCHECK: must have at least one argument, got []; write a command or "NONE"'],
  ],
  [
    "a number as a probe",
    () => file.healthCheck(wrong(80)),
    ["HEALTHCHECK: must be text or a list of arguments, got 80; write a command"],
  ],
  [
    "time with a unit",
    () => file.healthCheck("true", { intervalSeconds: wrong("5s") }),
    [
      'HEALTHCHECK intervalSeconds: must be a number of seconds, at least 0.001, got "5s"; write for example 5',
    ],
  ],
  [
    "a signal without SIG",
    () => file.stopSignal("TERM"),
    ['STOPSIGNAL: must be a signal, got "TERM"; write for example "SIGTERM"'],
  ],
];
