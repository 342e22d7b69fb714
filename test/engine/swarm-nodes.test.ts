/**
 * A service on a swarm of three managers, each a Docker Engine of its own: spread, moved, lost and found again.
 * P6: whatever happened to nodes, the next plain `up` converges, by whichever manager is left.
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { DockerHost, Image, OverlayNetwork, SwarmService, type SwarmServiceArgs } from "../../components";
import { Deployment } from "./support/deployment";
import type { SwarmNode } from "./support/swarm-node";
import { SwarmWithWeb } from "./support/swarm-web";

jest.setTimeout(400_000);

const stack = new Deployment("nodes");
const web = `${stack.scope}-web`;
const REPLICAS = 4;
const IDENTITY = "swarm-of-this-test";
let made: SwarmWithWeb;

beforeAll(async () => {
  made = await SwarmWithWeb.start();
});
afterAll(async () => {
  try {
    await stack.cleanUp();
  } finally {
    await made.stop();
  }
});

/** @param by the manager that is asked; who it is changes nothing that was made */
const program =
  (version: string, args: Partial<SwarmServiceArgs> = {}, by = made.swarm.manager) =>
  async () => {
    const host = new DockerHost("swarm", { address: by.host, identity: IDENTITY });
    const network = new OverlayNetwork("net", { encrypted: false, host });
    new SwarmService("web", {
      image: new Image("web", { reference: made.image, host }),
      replicas: REPLICAS,
      environment: { VERSION: version },
      networks: [network],
      endpointMode: "dnsrr",
      monitorSeconds: 1,
      host,
      ...args,
    });
    await Promise.resolve();
  };

interface Look {
  /** How many tasks run on each node. */
  readonly spread: Readonly<Record<string, number>>;
  readonly versions: readonly string[];
}

async function look(): Promise<Look> {
  const tasks = await made.swarm.tasks(web);
  const nodes = [...new Set(tasks.map(({ node }) => node))].sort();
  return {
    spread: Object.fromEntries(nodes.map((name) => [name, tasks.filter(({ node }) => node === name).length])),
    versions: tasks.flatMap(({ environment }) => environment.map((line) => line.replace("VERSION=", ""))),
  };
}

const ids = async (): Promise<string[]> => (await made.swarm.tasks(web)).map(({ id }) => id).sort();
const all = (version: string): string[] => Array<string>(REPLICAS).fill(version);

/** Nothing that waits for the Engine may block: the program under test runs in this process. */
async function until(holds: (seen: Look) => boolean): Promise<void> {
  let seen = await look();
  for (let tries = 0; tries < 300 && !holds(seen); tries++) {
    await pause(100);
    seen = await look();
  }
  expect({ ...seen, asAwaited: holds(seen) }).toMatchObject({ asAwaited: true });
}

/** What a task answers, asked by the name of the service out of a task on that node. */
function askFrom(node: SwarmNode): string[] {
  const [id = ""] = node
    .command("ps", "-q", "--filter", `label=com.docker.swarm.service.name=${web}`)
    .split("\n");
  const script = `for at in $(getent ahostsv4 web | cut -d ' ' -f 1 | sort -u); do
    exec 3<>/dev/tcp/$at/8080; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; tail -n 1 <&3; done`;
  return node.command("exec", id, "timeout", "20", "bash", "-c", script).split("\n");
}

it("spreads its tasks over all nodes, and they reach each other by name from node to node", async () => {
  await stack.up(program("1"));
  const { spread, versions } = await look();
  expect(Object.keys(spread)).toEqual(["node-1", "node-2", "node-3"]);
  expect(versions).toEqual(all("1"));
  for (const node of made.swarm.nodes) expect(new Set(askFrom(node)).size).toBe(REPLICAS);
});

it("P1 the second up changes nothing, through another manager and after a refresh", async () => {
  const other = made.swarm.nodes[1];
  const before = await ids();
  await stack.up(program("1", {}, other));
  expect((await stack.up(program("1", {}, other))).steps).toEqual({});
  expect((await stack.up(program("1", {}, other), { refresh: true })).steps).toEqual({});
  expect(await ids()).toEqual(before);
  await stack.up(program("1"));
});

it("moves off a drained node, and an up changes nothing", async () => {
  const drained = made.swarm.nodes[2] as SwarmNode;
  await made.swarm.setAvailability(drained, "drain");
  await until(({ spread, versions }) => versions.length === REPLICAS && spread[drained.name] === undefined);
  expect((await stack.up(program("1"))).steps).toEqual({});
  await stack.up(program("2"));
  const { spread, versions } = await look();
  expect(spread).not.toHaveProperty(drained.name);
  expect(versions).toEqual(all("2"));
  await made.swarm.setAvailability(drained, "active");
});

it("starts the tasks of a lost node on the others, and an up converges without it", async () => {
  const lost = made.swarm.nodes[2] as SwarmNode;
  await stack.up(program("3"));
  await made.swarm.kill(lost);
  await until(({ spread, versions }) => versions.length === REPLICAS && spread[lost.name] === undefined);
  expect((await stack.up(program("3"))).steps).toEqual({});
  await stack.up(program("4"));
  expect((await look()).versions).toEqual(all("4"));
  await made.swarm.revive(lost);
});

it("P4 P6 reports the loss of the leading manager during an update, and converges through another one", async () => {
  const leader = await made.swarm.leader();
  const other = made.swarm.nodes.find((node) => node !== leader);
  await stack.up(program("4", {}, leader));
  const cut = stack.up(program("5", {}, leader)).then(
    () => "green",
    (error: unknown) => String(error),
  );
  await until(({ versions }) => versions.includes("5"));
  await made.swarm.kill(leader);
  expect(`${await cut}${stack.printed}`).toContain("the manager no longer answers");
  expect(await cut).not.toBe("green");
  await stack.up(program("5", {}, other));
  expect((await look()).versions).toEqual(all("5"));
  expect((await stack.up(program("5", {}, other))).steps).toEqual({});
  await made.swarm.revive(leader);
});

it("refuses an image that the other nodes cannot pull", async () => {
  const context = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-nodes-"));
  fs.writeFileSync(path.join(context, "Dockerfile"), `FROM ${made.image}\n`);
  const before = await ids();
  const local = async (): Promise<void> => {
    const host = new DockerHost("swarm", { address: made.swarm.manager.host, identity: IDENTITY });
    new SwarmService("local", { image: new Image("local", { build: { context }, host }), host });
    await Promise.resolve();
  };
  const other = new Deployment("nodes-local");
  await expect(other.preview(local)).rejects.toThrow();
  expect(other.printed).toMatch(/registry/i);
  expect(await ids()).toEqual(before);
  await other.cleanUp();
  fs.rmSync(context, { recursive: true });
});

it("leaves nothing on any node", async () => {
  await stack.destroy();
  const left = (): string[] => made.swarm.nodes.map((node) => node.command("ps", "-aq"));
  // A service is gone at once, its tasks when they have ended.
  for (let tries = 0; tries < 100 && left().join("") !== ""; tries++) await pause(200);
  expect(left()).toEqual(["", "", ""]);
  for (const kind of ["service", "secret", "config"])
    expect(made.swarm.manager.command(kind, "ls", "-q")).toBe("");
});
