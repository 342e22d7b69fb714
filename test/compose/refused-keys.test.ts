/** P11 Whatever a plan refuses has a row in the lists of docs/compose.md and docs/swarm.md, which the same entries make. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

import type { ComposeFault } from "../../components/compose/source/faults";
import { judgeProject, judgeStack } from "../../components/compose/judge";
import type { Limit } from "../../components/compose/keys/aspects/limit";
import { loadCompose } from "../../components/compose/load";
import { hostLimits, swarmLimits } from "../../components/compose/support/limits";

const web = (keys: string): string => `services: { web: { image: x, ${keys} } }`;

/** One of each refusal, on a plain host. */
const onHost = [
  web("network_mode: 'service:y' }, y: { image: y"),
  web("ports: ['8000-8010:80']"),
  web("command: []"),
  web("entrypoint: [a, '']"),
  web("extra_hosts: ['db=::1']"),
  web("extra_hosts: ['db=10.0.0.5', 'db=10.0.0.6']"),
  "services: { web: { build: { context: a, extra_hosts: ['db=::1'] } } }",
  "services: { web: { build: { context: a, network: other } } }",
  "services: { web: { build: { context: a, secrets: [s] } } }\nsecrets: { s: { external: true } }",
  `${web("volumes: ['d:/data']")}\nvolumes: { d: }`,
  web("tmpfs: ['/run:size=1m,unknown']"),
  "services: { web: { build: 'https://github.com/a/b.git' } }",
  "services: { web: { build: { context: a, platforms: [linux/amd64, linux/arm64] } } }",
  "services: { web: { build: { context: a, dockerfile: ../Dockerfile } } }",
  web("healthcheck: { interval: 5s }"),
  web("restart: sometimes"),
  `${web("networks: [n]")}\nnetworks: { n: { driver: macvlan } }`,
  `${web("networks: [n]")}\nnetworks: { n: { ipam: { driver: x } } }`,
  `${web("networks: [n]")}\nnetworks: { n: { ipam: { config: [{ subnet: 10.1.0.0/24 }, { subnet: 10.2.0.0/24 }] } } }`,
  web(
    "depends_on: { j: { condition: service_healthy } } }, v: { image: x, depends_on: { j: { condition: service_completed_successfully } } }, j: { image: x",
  ),
  `${web("secrets: [{ source: s, uid: '1000' }]")}\nsecrets: { s: { file: s } }`,
  `${web("configs: [{ source: c, gid: '1000' }]")}\nconfigs: { c: { content: x } }`,
  `${web("secrets: [s]")}\nsecrets: { s: { external: true } }`,
  web("volumes: [{ type: npipe, source: a, target: /b }]"),
  web("dns: ['fd00::1']"),
  web("dns_search: ['.']"),
];

/** And on a Swarm. */
const onSwarm = [
  web("volumes: [/data]"),
  web("tmpfs: ['/run:size=1m,noexec']"),
  web("ports: [{ target: 80, mode: other }]"),
  `${web("secrets: [{ source: s, uid: root }]")}\nsecrets: { s: { file: s } }`,
  web("deploy: { mode: global, replicas: 2 }"),
  web("deploy: { restart_policy: { condition: never } }"),
  web("deploy: { placement: { preferences: [{ spread: a }, { spread: b }] } }"),
  `${web("networks: [n]")}\nnetworks: { n: { name: host, external: true } }`,
  "services: { web: { build: a, image: 'other.example.com/web:1' } }",
];

function errorsOf(text: string, target: "host" | "swarm"): readonly ComposeFault[] {
  const loaded = loadCompose({
    files: ["compose.yaml"],
    environment: {},
    workingDirectory: "/shop",
    read: (path) => (path === "/shop/compose.yaml" ? text : undefined),
    limits: target === "host" ? hostLimits : swarmLimits,
  });
  return target === "host"
    ? judgeProject(loaded).errors
    : judgeStack(loaded, [], "registry.example.com").errors;
}

/** At the key, or around it. */
const covers = ({ key, severity }: Limit, { path }: ComposeFault): boolean =>
  severity === "error" && key.split(".").every((part, index) => part === "*" || part === path[index]);

test.each([
  ...onHost.map((text) => ["host", text] as const),
  ...onSwarm.map((text) => ["swarm", text] as const),
])("on a %s, %s has a row", (target, text) => {
  const errors = errorsOf(text, target);
  expect(errors).not.toEqual([]);
  const limits = target === "host" ? hostLimits : swarmLimits;
  expect(errors.filter((error) => !limits.some((limit) => covers(limit, error)))).toEqual([]);
});

/** The beginning of each text with which the sources of a plan refuse something. */
function refusals(folder: string): string[] {
  const root = join(__dirname, "../../components/compose", folder);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const source = ts.createSourceFile(
        file,
        readFileSync(join(root, file), "utf8"),
        ts.ScriptTarget.Latest,
      );
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && /^(found\.)?fault$/.test(node.expression.getText(source))) {
          const text = node.arguments[1];
          if (text && ts.isStringLiteralLike(text)) found.push(text.text);
          if (text && ts.isTemplateExpression(text)) found.push(text.head.text);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
}

/** Texts that no file can lead to: the limits, or the loader, refuse it before. */
const REFUSED_BEFORE = [
  'must be "volume", "bind" or "tmpfs", got ',
  "needs a file, a variable, a content, or external: true",
];

let said: readonly string[] = [];

beforeAll(() => {
  const errors = [
    ...onHost.flatMap((text) => errorsOf(text, "host")),
    ...onSwarm.flatMap((text) => errorsOf(text, "swarm")),
  ];
  said = errors.map(({ text }) => text);
});

test.each([...refusals("host"), ...refusals("swarm")].filter((text) => !REFUSED_BEFORE.includes(text)))(
  "of the refusal %j there is an example",
  (text) => {
    expect(said.filter((each) => each.startsWith(text))).not.toEqual([]);
  },
);
