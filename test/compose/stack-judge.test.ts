/** A Compose file on a Swarm: what is refused, what is warned about, each with its place; and what is planned. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { formatFault } from "../../components/compose/source/faults";
import { judgeStack } from "../../components/compose/judge";
import { loadCompose } from "../../components/compose/load";
import { keysOf } from "../../components/compose/host/words";
import { hostLimits } from "../../components/compose/support/limits";
import { swarmLimits } from "../../components/compose/support/limits";
import { limitsTable } from "../../components/compose/support/docs-table";
import { stackDifferencesSection } from "./parity/stack";

const judged = (text: string, registry?: string, overridden: readonly string[] = []) =>
  judgeStack(
    loadCompose({
      files: ["compose.yaml"],
      environment: {},
      workingDirectory: "/shop",
      read: (path) => (path === "/shop/compose.yaml" ? text : undefined),
      limits: swarmLimits,
    }),
    overridden,
    registry,
  );
const service = (keys: string): string => `services:\n  web: { image: x, ${keys} }\n`;
const errorsOf = (text: string, registry?: string): string[] =>
  judged(text, registry).errors.map((error) => formatFault(error).trim());
const warningsOf = (text: string): string[] => judged(text).warnings.map((each) => formatFault(each).trim());

test.each([
  ["what is refused and warned about", limitsTable(swarmLimits)],
  ["what differs", stackDifferencesSection()],
])("docs/swarm.md holds the list of %s; npm run docs:compose writes it", (_, list) => {
  const plain = (text: string): string => text.replace(/ +/g, " ").replace(/-+/g, "-");
  expect(plain(readFileSync(join(__dirname, "../../docs/swarm.md"), "utf8"))).toContain(plain(list));
});

test("no reason of a plain host is given on a Swarm", () => {
  expect(swarmLimits.filter(({ why }) => /one host|cluster/.test(why))).toEqual([]);
  const keys = new Set(swarmLimits.map(({ key }) => key));
  const forgotten = hostLimits.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
  // What a Swarm can do and one host cannot.
  expect(forgotten.filter((key) => !/deploy|secrets|configs|attachable|mem_reservation/.test(key))).toEqual(
    [],
  );
});

test.each([
  [
    "a pause, which a retry would turn green",
    "deploy: { update_config: { failure_action: pause } }",
    /pause|keeps a failing version/,
  ],
  ["going on", "deploy: { update_config: { failure_action: continue } }", /keeps a failing version/],
  ["a job", "deploy: { mode: replicated-job }", /deploy.mode: is not supported/],
  [
    "what a task cannot have",
    "privileged: true",
    /compose.yaml:2:\d+: services.web.privileged: is not available/,
  ],
  [
    "an address that would be opened to all",
    'ports: ["127.0.0.1:80:80"]',
    /ports\[0\].host_ip: would be ignored/,
  ],
  ["a port out of a range", 'ports: ["8000-8005:80"]', /ports\[0\]: must be one host port/],
  ["a volume without a name", "volumes: [/data]", /volumes\[0\]: needs a name/],
  [
    "replicas of a global service",
    "deploy: { mode: global, replicas: 2 }",
    /deploy.replicas: conflicts with mode: global/,
  ],
  [
    "a word that is none",
    "deploy: { restart_policy: { condition: sometimes } }",
    /condition: must be "none", "on-failure" or "any", got "sometimes"/,
  ],
  [
    "two spreads",
    "deploy: { placement: { preferences: [{ spread: node.labels.a }, { spread: node.labels.b }] } }",
    /preferences: must have one spread/,
  ],
  [
    "a constraint that is none",
    "deploy: { placement: { constraints: [node.role] } }",
    /constraints\[0\]: must be a constraint/,
  ],
  [
    "a memory that Docker refuses",
    "deploy: { resources: { limits: { memory: 1m } } }",
    /limits.memory: memoryMiB must be a whole number from 6/,
  ],
  [
    "more set aside than may be used",
    "deploy: { resources: { limits: { memory: 32m }, reservations: { memory: 64m } } }",
    /reservations.memory: reservations.memoryMiB must be at most memoryMiB \(32\), got 64/,
  ],
  [
    "start-first with a port of the node",
    "ports: [{ target: 80, published: 80, mode: host }], deploy: { update_config: { order: start-first } }",
    /update_config.order: .*cannot be "start-first" with ports/,
  ],
  [
    "a mesh without the address that it leads to",
    'ports: ["80:80"], deploy: { endpoint_mode: dnsrr }',
    /dnsrr|endpoint_mode/,
  ],
])("%s is refused at its place", (_, keys, error) => {
  const errors = errorsOf(service(keys));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(error);
  expect(errors[0]).toMatch(/^compose\.yaml:2:\d+: services\.web\./);
});

test("what is built here is pushed to the registry of the stack, and nowhere else", () => {
  const text = "services:\n  web: { image: elsewhere.example.com/x:1, build: . }\n";
  expect(errorsOf(text, "registry.example.com")).toEqual([
    'compose.yaml:2:17: services.web.image: must be in registry.example.com, to which the stack pushes its builds, got "elsewhere.example.com/x:1"; remove elsewhere.example.com',
  ]);
  expect(errorsOf(text)).toEqual([]);
  expect(judged(text, "elsewhere.example.com").plan.services[0]?.push).toEqual({ repository: "x", tag: "1" });
});

test("a driver that ends at its node is refused", () => {
  const text = `${service("networks: [n]")}networks: { n: { driver: bridge } }\n`;
  expect(errorsOf(text)).toEqual([
    "compose.yaml:3:18: networks.n.driver: is limited to one node, but tasks run on several; remove it to use overlay",
  ]);
});

test("options of a volume are refused, for each node would have to know them", () => {
  const text = `${service("volumes: [share:/d]")}volumes: { share: { driver_opts: { type: nfs } } }\n`;
  expect(errorsOf(text)[0]).toMatch(/volumes.share.driver_opts: would have to be set on each node/);
  expect(errorsOf(`${service("volumes: [dd:/d]")}volumes: { dd: { driver: local } }\n`)).toEqual([]);
});

test("a port that two services publish is refused once", () => {
  const text = 'services:\n  a: { image: x, ports: ["80:80"] }\n  b: { image: x, ports: ["80:81"] }\n';
  expect(errorsOf(text)).toEqual([
    expect.stringMatching(
      /services.b.ports\[0\].published: ports\[0\].host is 80\/tcp, which the service a also publishes/,
    ),
  ]);
});

test("what is left out is warned about", () => {
  expect(warningsOf(service("labels: { a: b }, container_name: one, volumes: [/srv:/srv:ro]"))).toEqual([
    expect.stringMatching(/labels: labels the containers/),
    expect.stringMatching(/container_name: names one container/),
    expect.stringMatching(/volumes\[0\]: is a path on the node that runs the task/),
  ]);
});

test("a service of which the program says something is left to its component", () => {
  const text = service("deploy: { resources: { limits: { memory: 1m } } }");
  expect(judged(text, undefined, ["web"]).errors).toEqual([]);
});

test("what the tutorial has is planned", () => {
  const { plan, errors, warnings } = judged(`
services:
  web:
    image: nginx:1.27
    deploy:
      replicas: 5
      resources: { limits: { cpus: "0.1", memory: 50M } }
      restart_policy: { condition: on-failure }
    ports: ["80:80"]
    networks: [webnet]
networks: { webnet: }
`);
  expect([errors, warnings]).toEqual([[], []]);
  expect(plan.stack).toBe("shop");
  expect(plan.networks).toEqual({ webnet: { args: { name: "shop_webnet" } } });
  expect(plan.services[0]?.args).toMatchObject({
    replicas: 5,
    cpus: 0.1,
    memoryMiB: 50,
    restart: { condition: "on-failure" },
    ports: [{ container: 80, host: 80, expose: "public" }],
    networks: [{ network: "webnet" }],
  });
});

test.each([
  "replicas",
  "global",
  "placement",
  "reservations",
  "update",
  "rollback",
  "restart",
  "endpointMode",
])("%s is found again in the file", (argument) => {
  expect(keysOf("swarm", [argument]).length).toBeGreaterThan(0);
});
