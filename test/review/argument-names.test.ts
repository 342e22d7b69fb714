/** Review, diff and picture call each argument by its own name, whatever the provider or the Engine calls it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { containerShape, swarmShape } from "../../components/container/arguments/shape";
import { argumentsTable } from "../../components/container/arguments/docs-table";
import { promiseOf } from "../../components/core/later";
import { review } from "../../components/review/classify";
import { stackDifferences } from "../../components/review/differences";
import { topologyOf } from "../../components/review/topology/read/topology";
import type { ContainerArgs } from "../../components/container/args";
import { containerSpec } from "../../components/container/schema";
import { labelInputs } from "../../components/deployment/look/labels";
import type { SwarmServiceArgs } from "../../components/swarm/args";
import { swarmSpec } from "../../components/swarm/service/inputs";
import { container, network, preview, type Resource, volume } from "./digest";

type Samples<A> = { readonly [K in keyof A]-?: readonly [before: Partial<A>, after: Partial<A>] };

const why = "a reason for the reviewer";
const owner = { project: "shop", stack: "prod", scope: "shop-prod" };
const source = (id: string) =>
  ({ imageId: pulumi.output(id), source: id }) as unknown as ContainerArgs["image"];
const net = (name: string) =>
  ({ networkId: name, networkName: name, internal: false, attachable: true }) as unknown as never;
const image = source("sha256:1");

/** Of each argument a change; TypeScript refuses the list with one missing. */
const samples: Samples<ContainerArgs> = {
  image: [{ image }, { image: source("sha256:2") }],
  host: [{}, {}],
  adopt: [{}, {}],
  command: [{ command: ["a"] }, { command: ["b"] }],
  entrypoint: [{}, { entrypoint: ["sh"] }],
  environment: [{ environment: { A: "1" } }, { environment: { A: "2" } }],
  secrets: [{ secrets: { key: "one" } }, { secrets: { key: "two" } }],
  files: [{ files: { "/a": { content: "1" } } }, { files: { "/a": { content: "2" } } }],
  ports: [{}, { ports: [{ container: 80, host: 8080 }] }],
  mounts: [{}, { mounts: [{ tmpfs: true, path: "/tmp" }] }],
  networks: [{ networks: [net("a")] }, { networks: [net("a"), net("b")] }],
  networkMode: [{}, { networkMode: "none" }],
  healthCheck: [{ healthCheck: { command: "a" } }, { healthCheck: { command: "b" } }],
  update: [{ networks: [net("a")] }, { networks: [net("a")], update: "stop-first" }],
  monitorSeconds: [{}, { monitorSeconds: 9 }],
  drainSeconds: [{}, { drainSeconds: 9 }],
  waitUntilHealthy: [{}, { waitUntilHealthy: false }],
  mayComplete: [{ restart: "no" }, { restart: "no", mayComplete: true }],
  waitTimeoutSeconds: [{}, { waitTimeoutSeconds: 9 }],
  restart: [{ restart: "on-failure" }, { restart: { onFailure: 3 } }],
  user: [{}, { user: "app" }],
  groups: [{ groups: ["audio"] }, { groups: ["video"] }],
  workingDirectory: [{}, { workingDirectory: "/srv" }],
  hostname: [{}, { hostname: "web" }],
  domainName: [{}, { domainName: "example.com" }],
  extraHosts: [{}, { extraHosts: { db: "10.0.0.1" } }],
  dns: [{}, { dns: ["10.0.0.1"] }],
  dnsSearch: [{}, { dnsSearch: ["example.com"] }],
  dnsOptions: [{}, { dnsOptions: ["ndots:2"] }],
  tty: [{}, { tty: true }],
  stdinOpen: [{}, { stdinOpen: true }],
  init: [{}, { init: false }],
  stopSignal: [{}, { stopSignal: "SIGINT" }],
  stopGraceSeconds: [{}, { stopGraceSeconds: 30 }],
  logging: [{}, { logging: { driver: "journald" } }],
  labels: [{}, { labels: { team: "shop" } }],
  name: [{}, { name: "other" }],
  service: [{}, { service: "front" }],
  replica: [{}, { replica: 2 }],
  memoryMiB: [{ memoryMiB: 64 }, { memoryMiB: 128 }],
  memoryReservationMiB: [{}, { memoryReservationMiB: 64 }],
  memorySwapMiB: [{ memoryMiB: 64 }, { memoryMiB: 64, memorySwapMiB: 128 }],
  cpus: [{}, { cpus: 0.5 }],
  cpuShares: [{}, { cpuShares: 512 }],
  cpuSet: [{}, { cpuSet: "0" }],
  gpus: [{}, { gpus: ["0", "1"] }],
  shmSizeMiB: [{}, { shmSizeMiB: 128 }],
  pidsLimit: [{}, { pidsLimit: 100 }],
  ulimits: [{}, { ulimits: { nofile: { soft: 1, hard: 2 } } }],
  sysctls: [{}, { sysctls: { "net.core.somaxconn": "1024" } }],
  capabilities: [{}, { capabilities: ["CHOWN"] }],
  securityOptions: [{}, { securityOptions: ["apparmor=a"] }],
  runtime: [{}, { runtime: "runsc" }],
  readOnlyRoot: [{}, { readOnlyRoot: true }],
  devices: [{}, { devices: { "/dev/fuse": "/dev/fuse" } }],
  unsafe: [{}, { unsafe: { hostPid: why, hostIpc: why, newPrivileges: why } }],
};

/** What changes nothing that is declared to the provider: only the lifecycle reads it. */
const silent: readonly string[] = [
  "adopt",
  "drainSeconds",
  "host",
  "monitorSeconds",
  "name",
  "waitTimeoutSeconds",
  "waitUntilHealthy",
];

/** What another argument decides too. */
const along: Readonly<Record<string, readonly string[]>> = {
  secrets: ["files"],
  files: ["secrets"],
  // A container answers to its names from the start, or later.
  networks: ["update"],
  update: ["networks"],
  unsafe: ["securityOptions"],
  securityOptions: ["unsafe"],
};

async function inputsFor(args: Partial<ContainerArgs>): Promise<object> {
  const { inputs, labels } = containerSpec(owner, "web", { image, ...args });
  const all = (await promiseOf(pulumi.output({ ...inputs, labels: labelInputs(labels) }))) as Record<
    string,
    unknown
  >;
  // Pulumi masks a list with a secret in it.
  return args.secrets === undefined ? all : { ...all, uploads: "[secret]" };
}

async function step([before, after]: readonly [Partial<ContainerArgs>, Partial<ContainerArgs>]) {
  const resource: Resource = {
    op: "replace",
    type: container,
    name: "web",
    of: "Container web",
    before: await inputsFor(before),
    after: await inputsFor(after),
    ...(after.secrets && { detailed: { uploads: "update" } }),
  };
  return preview([resource]);
}

/** The arguments that a text names: `restart.onFailure` is of `restart`. */
function argumentsIn(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => text.split(" or ").map((each) => each.split(/[.[]/)[0] ?? ""));
  return [...new Set(names)].sort();
}

test.each(Object.keys(samples) as (keyof ContainerArgs)[])(
  "a container's %s is called so in a review, a difference and a picture",
  async (argument) => {
    const found = await step(samples[argument]);
    const shown = review(found).components.flatMap(({ parts }) =>
      parts.flatMap(({ changes }) => changes.map(({ path }) => path)),
    );
    const drawn = topologyOf(found.steps).hosts.flatMap(({ networks }) =>
      networks.flatMap(({ containers }) => containers.flatMap(({ changes }) => changes)),
    );
    const expected = silent.includes(argument) ? [] : [argument, ...(along[argument] ?? [])].sort();
    expect(argumentsIn(shown)).toEqual(expected);
    expect(argumentsIn(drawn)).toEqual(expected);

    const [one, other] = await Promise.all(samples[argument].map(inputsFor));
    const stack = (after: object | undefined) =>
      preview([
        ...["a", "b"].map((name): Resource => ({ op: "same", type: network, name, id: name })),
        { op: "create", type: container, name: "web", of: "Container web", ...(after && { after }) },
      ]);
    const differs = stackDifferences(stack(one), stack(other)).flatMap(({ fields }) =>
      fields.map(({ path }) => path),
    );
    // A secret is masked on both sides.
    const hidden = argument === "secrets" ? [] : expected;
    expect(argumentsIn(differs)).toEqual(hidden);
  },
);

const spec = (args: Partial<SwarmServiceArgs>) =>
  promiseOf(
    pulumi.output(
      swarmSpec(
        owner,
        "web",
        args.name ?? "shop-prod-web",
        { image, ...args },
        {
          secrets: {
            key: { secretId: pulumi.output("1"), secretName: pulumi.output(JSON.stringify(args.secrets)) },
          },
          configs: {
            "/a": { configId: pulumi.output("1"), configName: pulumi.output(JSON.stringify(args.files)) },
          },
        },
      ),
    ),
  ) as Promise<object>;

const serviceSamples: Samples<
  Omit<SwarmServiceArgs, "host" | "registry" | "service" | "waitTimeoutSeconds">
> = {
  ...(Object.fromEntries(
    Object.keys(swarmShape).map((key) => [key, samples[key as keyof ContainerArgs]]),
  ) as unknown as Samples<Omit<SwarmServiceArgs, "host">>),
  extraHosts: [{}, { extraHosts: { db: "10.0.0.1" } }],
  name: [{}, { name: "other" }],
  replicas: [{ replicas: 1 }, { replicas: 2 }],
  global: [{ replicas: 1 }, { global: true }],
  secrets: [{ secrets: { key: "one" } }, { secrets: { key: "two" } }],
  files: [{ files: { "/a": { content: "1" } } }, { files: { "/a": { content: "2" } } }],
  ports: [{}, { ports: [{ container: 80, host: 8080, expose: "public" }] }],
  networks: [{ networks: [net("a")] }, { networks: [net("a"), net("b")] }],
  endpointMode: [{}, { endpointMode: "dnsrr" }],
  placement: [{}, { placement: { maxReplicasPerNode: 1, spread: "node.labels.zone" } }],
  reservations: [{}, { reservations: { memoryMiB: 8, cpus: 1 } }],
  update: [{}, { update: { parallelism: 2 } }],
  rollback: [{}, { rollback: { parallelism: 2 } }],
  restart: [{}, { restart: "no" }],
  monitorSeconds: [{}, { monitorSeconds: 9 }],
};

test.each(
  Object.entries(serviceSamples).filter(
    // What is told otherwise: `global` replaces the service itself, the others are in other fields.
    ([key]) => !["global", "host", "service", "unsafe", "waitTimeoutSeconds"].includes(key),
  ),
)("a service's %s is called so in a review", async (argument, [before, after]) => {
  const resource: Resource = {
    op: "update",
    type: "dockwright:index:SwarmSpec",
    name: "web-spec",
    of: "SwarmService web",
    before: await spec(before),
    after: await spec(after),
  };
  const shown = review(preview([resource])).components.flatMap(({ parts }) =>
    parts.flatMap(({ changes }) => changes.map(({ path }) => path)),
  );
  expect(argumentsIn(shown)).toContain(argument);
  const own = Object.keys(serviceSamples);
  expect(argumentsIn(shown).filter((each) => !own.includes(each))).toEqual([]);
});

test.each<[string, string, object, object, string]>([
  ["driver", volume, {}, { driver: "nfs" }, "driver"],
  ["driverOptions", volume, {}, { driverOpts: { type: "nfs" } }, "driverOptions.type"],
  ["labels", volume, {}, { labels: [{ label: "a", value: "b" }] }, 'labels["a"]'],
  ["internal", network, {}, { internal: true }, "internal"],
  ["options", network, {}, { options: { mtu: "1400" } }, "options.mtu"],
  ["subnet", network, {}, { ipamConfigs: [{ subnet: "10.0.0.0/24" }] }, "subnet"],
  ["gateway", network, {}, { ipamConfigs: [{ gateway: "10.0.0.1" }] }, "gateway"],
  ["ipRange", network, {}, { ipamConfigs: [{ ipRange: "10.0.0.0/25" }] }, "ipRange"],
])("%s of %s is called so in a review", (_, type, before, after, path) => {
  const kind = type === volume ? "Volume" : "BridgeNetwork";
  const found = review(preview([{ op: "replace", type, name: "data", of: `${kind} data`, before, after }]));
  expect(found.components.flatMap(({ parts }) => parts.flatMap(({ changes }) => changes))).toMatchObject([
    { path },
  ]);
});

test("docs/arguments.md has the table as it is", () => {
  const page = readFileSync(join(__dirname, "../../docs/arguments.md"), "utf8");
  const plain = (text: string): string => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
  expect(plain(page)).toContain(plain(argumentsTable()));
  expect(Object.keys(containerShape).every((name) => page.includes(`\`${name}\``))).toBe(true);
});
