/** What a component would refuse, told by its place in the file. */

import { formatFault } from "../../components/compose/source/faults";
import { judgeProject } from "../../components/compose/judge";
import { loadCompose } from "../../components/compose/load";
import { keysOf } from "../../components/compose/host/words";
import { service } from "../../components/compose/keys/service";
import { containerShape } from "../../components/container/arguments/shape";

const judged = (text: string, overridden: readonly string[] = [], environment = {}) =>
  judgeProject(
    loadCompose({
      files: ["compose.yaml"],
      environment,
      workingDirectory: "/shop",
      read: (path) => (path === "/shop/compose.yaml" ? text : undefined),
    }),
    overridden,
  );
const errorsOf = (...given: Parameters<typeof judged>): string[] =>
  judged(...given).errors.map((error) => formatFault(error).trim());
const warningsOf = (text: string): string[] => judged(text).warnings.map((each) => formatFault(each).trim());

test.each([
  [
    "a size, with the argument whose unit is another one",
    "web: { image: x, mem_limit: 1m }",
    "compose.yaml:2:31: services.web.mem_limit: memoryMiB must be a whole number from 6 to 16777216 MiB, got 1",
  ],
  [
    "the same, where the file says it under deploy",
    "web: { image: x, deploy: { resources: { limits: { memory: 1m } } } }",
    "compose.yaml:2:61: services.web.deploy.resources.limits.memory: memoryMiB must be a whole number from 6 to 16777216 MiB, got 1",
  ],
  [
    "a port of a list",
    'web: { image: x, ports: ["1:80", "2:80"] }',
    "compose.yaml:2:36: services.web.ports[1].target: ports[1].container must be published once, got 80/tcp again; put a proxy in front to serve it twice",
  ],
  [
    "a file where nothing can be written",
    "web: { image: x, read_only: true, configs: [{ source: c, target: /etc/c }] }\nconfigs: { c: { content: x } }",
    'compose.yaml:2:37: services.web.configs: files["/etc/c"] cannot be copied into a read-only root file system; leave out readOnlyRoot, or mount a bind that already has the file',
  ],
  [
    "a port that two services want",
    'a: { image: x, ports: ["80:80"] }\n  b: { image: x, ports: ["127.0.0.1:80:81"] }',
    'compose.yaml:3:18: services.b.ports: cannot publish 127.0.0.1:80/tcp: container "a-1" publishes 0.0.0.0:80/tcp; choose another host port',
  ],
  [
    "a port that all containers of a service want",
    'a: { image: x, ports: ["80:80"], scale: 3 }',
    'compose.yaml:2:18: services.a.ports: cannot publish 0.0.0.0:80/tcp: container "a-1" publishes 0.0.0.0:80/tcp; choose another host port',
  ],
  [
    "an image to be pulled",
    "web: { image: 'Shop:1' }",
    'compose.yaml:2:17: services.web.image: must have a repository in lower case, got "Shop:1"; write "shop:1"',
  ],
  [
    "a part of a build",
    "web: { build: { context: ., target: 'a b' } }",
    'compose.yaml:2:39: services.web.build.target: must be the name of a stage, got "a b"',
  ],
  [
    "what runs once",
    "web: { image: x, depends_on: { job: { condition: service_completed_successfully } } }\n  job: { image: x, mem_limit: 1m }",
    "compose.yaml:3:31: services.job.mem_limit: memoryMiB must be a whole number from 6 to 16777216 MiB, got 1",
  ],
  [
    "a volume of one letter",
    "web: { image: x, volumes: [a:/a] }\nvolumes: { a: }",
    "compose.yaml:2:30: services.web.volumes[0]: begins with one letter, which Compose reads as a Windows drive; give the volume a longer name, or write the long form: { type: volume, source: a, target: /a }",
  ],
  [
    "an address outside of its network",
    "web: { image: x, networks: { n: { ipv4_address: 10.1.0.9 } } }\nnetworks: { n: { ipam: { config: [{ subnet: 10.2.0.0/24 }] } } }",
    'compose.yaml:2:20: services.web.networks: networks[0].ipv4Address must be a usable address of 10.2.0.0/24, got "10.1.0.9"',
  ],
])("%s", (_, service, error) => {
  expect(errorsOf(`services:\n  ${service}\n`)).toEqual([error]);
});

test("a variable without a value is reported: the value of the image would stay", () => {
  expect(warningsOf("services:\n  web: { image: x, environment: [TOKEN, A=b] }\n")).toEqual([
    "compose.yaml:2:20: services.web.environment: has no value for TOKEN; set it, or remove the entry: a value set by the image stays",
  ]);
});

test("the value of a variable may be a secret", () => {
  expect(errorsOf("services:\n  web: { image: x, user: '${WHO}' }\n", [], { WHO: "hunter2 !" })).toEqual([
    'compose.yaml:2:26: services.web.user: must be a user such as "app" or "1000:1000", got the value of "${WHO}"',
  ]);
});

test("a service of which the program says something is left to its component", () => {
  expect(errorsOf("services:\n  web: { image: x, mem_limit: 1m }\n", ["web"])).toEqual([]);
});

test("a service that is off is not judged", () => {
  expect(errorsOf("services:\n  web: { image: x, mem_limit: 1m, scale: 0 }\n")).toEqual([]);
});

/** What no Compose file says. */
const OURS = [
  "adopt",
  "drainSeconds",
  "host",
  "mayComplete",
  "monitorSeconds",
  "replica",
  "service",
  "update",
  "waitTimeoutSeconds",
  "waitUntilHealthy",
];

test.each(Object.keys(containerShape).filter((argument) => !OURS.includes(argument)))(
  "%s is found again in the file",
  (argument) => {
    const path = argument === "unsafe" ? [argument, "privileged"] : [argument];
    const keys = keysOf("service", path).map(([key]) => key);
    expect(keys.length).toBeGreaterThan(0);
    expect(Object.keys(service.below ?? {})).toEqual(expect.arrayContaining(keys.map(String)));
  },
);
