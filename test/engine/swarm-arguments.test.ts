/**
 * P1 and the truth of every argument of SwarmService: with all of them set the second `up` is empty, also after a refresh; and a
 * change of each one takes effect on the swarm, in the way that the preview said.
 */

import { Image, OverlayNetwork, SwarmService, type SwarmServiceArgs, Volume } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import { Deployment } from "./support/deployment";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(900_000);

let engine: SecondEngine;
const stack = new Deployment("sw-args");

beforeAll(async () => {
  engine = await SecondEngine.start();
  engine.command("swarm", "init", "--advertise-addr", "127.0.0.1");
});
afterAll(async () => {
  await stack.cleanUp();
  await engine.stop();
});

function surroundings() {
  const host = new DockerHost("swarm", { address: `unix://${engine.socket}`, identity: "swarm" });
  return {
    host,
    image: new Image("base", { reference: "debian:bookworm-slim", host }),
    net: new OverlayNetwork("net", { subnet: "10.232.11.0/24", attachable: true, labels: { a: "b" }, host }),
    other: new OverlayNetwork("other", { subnet: "10.232.12.0/24", encrypted: false, internal: true, host }),
    volume: new Volume("data", { protect: false, whenDestroyed: "lose-data", host }),
  };
}
type Around = ReturnType<typeof surroundings>;

const everything = ({ host, image, net, other, volume }: Around): SwarmServiceArgs => ({
  host,
  image,
  entrypoint: ["/bin/sh", "-c"],
  command: ["trap exit TERM; while :; do sleep 0.2; done"],
  environment: { B: "2", A: "1", EMPTY: "", UTF8: "grüß", EQUALS: "a=b=c" },
  secrets: { token: "s3cr3t-token-value" },
  files: { "/etc/app.conf": { content: "x=1\n", mode: "0640", uid: 3, gid: 4 } },
  ports: [
    { container: 80, host: 18_511, mode: "host", expose: "public" },
    { container: "9000-9001", host: "18520-18521", protocol: "udp", mode: "host", expose: "public" },
  ],
  mounts: [
    { volume, path: "/data" },
    { bind: "/srv", path: "/host" },
    { tmpfs: true, path: "/scratch", sizeMiB: 16, mode: "1770" },
  ],
  networks: [{ network: net, aliases: ["zulu", "alpha"] }, other],
  endpointMode: "dnsrr",
  healthCheck: {
    command: ["true"],
    intervalSeconds: 1,
    timeoutSeconds: 9,
    retries: 2,
    startPeriodSeconds: 0,
  },
  replicas: 1,
  placement: { constraints: ["node.role == manager"], spread: "node.labels.zone", maxReplicasPerNode: 3 },
  reservations: { memoryMiB: 8, cpus: 0.01 },
  update: { order: "stop-first", parallelism: 2, delaySeconds: 1, maxFailureRatio: 0.2 },
  rollback: { parallelism: 0, monitorSeconds: 1, maxFailureRatio: 0.5 },
  monitorSeconds: 0.5,
  waitTimeoutSeconds: 60,
  restart: { condition: "on-failure", delaySeconds: 1, maxAttempts: 4, windowSeconds: 30 },
  user: "0:0",
  workingDirectory: "/tmp",
  hostname: "box",
  extraHosts: { db: "10.0.0.9" },
  dns: ["9.9.9.9"],
  dnsSearch: ["example.org"],
  init: true,
  stopSignal: "SIGTERM",
  stopGraceSeconds: 12,
  logging: { driver: "json-file", options: { "max-size": "5m" } },
  labels: { team: "blue", "a.b": "c" },
  name: "dw-test-sw-args-all",
  service: "svc",
  memoryMiB: 64,
  cpus: 0.5,
  sysctls: { "net.core.somaxconn": "512" },
  capabilities: ["NET_BIND_SERVICE", "CHOWN"],
  readOnlyRoot: true,
  unsafe: { capabilities: "to have every argument once" },
});

const program =
  (change: (around: Around) => Partial<SwarmServiceArgs> = () => ({})) =>
  async () => {
    const around = surroundings();
    new SwarmService("all", { ...everything(around), ...change(around) });
    await Promise.resolve();
  };

interface Spec {
  readonly Labels: Record<string, string>;
  readonly TaskTemplate: { readonly ContainerSpec: Record<string, unknown> } & Record<string, unknown>;
}
const spec = (): Spec | undefined =>
  (JSON.parse(engine.command("service", "inspect", "dw-test-sw-args-all")) as { Spec: Spec }[])[0]?.Spec;
const tasks = (): string =>
  engine.command("service", "ps", "-q", "--filter", "desired-state=running", "dw-test-sw-args-all");

test("with every argument the second up is empty, also after a refresh", async () => {
  await stack.up(program());
  const before = tasks();
  expect(await stack.preview(program())).toEqual({});
  expect((await stack.up(program())).steps).toEqual({});
  expect((await stack.up(program(), { refresh: true })).steps).toEqual({});
  expect(tasks()).toBe(before);
});

/** What a change leads to: whether tasks are started anew. */
const changes: readonly [
  keyof SwarmServiceArgs,
  (around: Around) => Partial<SwarmServiceArgs>,
  "anew" | "stay",
][] = [
  ["labels", () => ({ labels: { team: "red" } }), "stay"],
  ["update", () => ({ update: "stop-first" }), "stay"],
  ["rollback", () => ({ rollback: { delaySeconds: 2 } }), "stay"],
  ["monitorSeconds", () => ({ monitorSeconds: 0.2 }), "stay"],
  ["placement", () => ({ placement: { constraints: ["node.role == manager"] } }), "stay"],
  ["environment", () => ({ environment: { A: "2" } }), "anew"],
  ["secrets", () => ({ secrets: { token: "another-token-value" } }), "anew"],
  ["files", () => ({ files: {} }), "anew"],
  ["ports", () => ({ ports: [] }), "anew"],
  ["mounts", () => ({ mounts: [] }), "anew"],
  ["networks", ({ net }) => ({ networks: [net] }), "anew"],
  ["healthCheck", () => ({ healthCheck: "none" }), "anew"],
  ["reservations", () => ({ reservations: {} }), "anew"],
  ["restart", () => ({ restart: "no" }), "anew"],
  ["extraHosts", () => ({ extraHosts: { cache: "10.0.0.8" } }), "anew"],
  ["dns", () => ({ dns: [] }), "anew"],
  ["hostname", () => ({ hostname: "crate" }), "anew"],
  ["stopGraceSeconds", () => ({ stopGraceSeconds: 11 }), "anew"],
  ["logging", () => ({ logging: { driver: "none" } }), "anew"],
  ["memoryMiB", () => ({ memoryMiB: 96 }), "anew"],
  ["sysctls", () => ({ sysctls: {} }), "anew"],
  ["capabilities", () => ({ capabilities: ["KILL"] }), "anew"],
  ["readOnlyRoot", () => ({ readOnlyRoot: false }), "anew"],
];

test.each(changes)("a change of %s is shown, takes effect, and tasks: %#", async (_name, change, effect) => {
  const [before, running] = [spec(), tasks()];
  const steps = await stack.preview(program(change));
  expect(steps).toMatchObject({ "SwarmSpec all-spec": "update" });
  expect(Object.keys(steps).filter((each) => each.startsWith("Service "))).toEqual([]);
  await stack.up(program(change));
  expect(spec()).not.toEqual(before);
  expect(tasks() === running ? "stay" : "anew").toBe(effect);
  expect((await stack.up(program(change))).steps).toEqual({});
});

test("another name, and another mode, replace the service, as shown", async () => {
  const everywhere = async () => {
    const { replicas: _count, placement: _place, ...rest } = everything(surroundings());
    new SwarmService("all", { ...rest, global: true });
    await Promise.resolve();
  };
  expect(await stack.preview(everywhere)).toMatchObject({ "Service all-on-swarm": "replace" });
  await stack.up(everywhere);
  expect(
    engine.command("service", "inspect", "--format", "{{.Spec.Mode.Global}}", "dw-test-sw-args-all"),
  ).toBe("{}");
  expect((await stack.up(everywhere)).steps).toEqual({});
  expect((await stack.up(everywhere, { refresh: true })).steps).toEqual({});
});
