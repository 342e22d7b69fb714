/**
 * A service on a swarm of three managers, each a Docker Engine of its own: spread, moved, lost and found again.
 * P6: whatever happened to nodes, the next plain `up` converges, by whichever manager is left.
 */

import { setTimeout as pause } from "node:timers/promises";

import { DockerHost, Image, OverlayNetwork, SwarmService, type SwarmServiceArgs } from "../../components";
import { Deployment } from "./support/deployment";
import type { SwarmNode } from "./support/swarm-node";
import { SwarmWithWeb } from "./support/swarm-web";

jest.setTimeout(400_000);

const stack = new Deployment("nodes");
const web = `${stack.scope}-web`;
const REPLICAS = 4;
let made: SwarmWithWeb;

beforeAll(async () => {
  made = await SwarmWithWeb.start();
});
afterAll(async () => {
  await stack.cleanUp();
  await made.stop();
});

/** @param by the manager that is asked; who it is changes nothing that was made */
const program =
  (version: string, args: Partial<SwarmServiceArgs> = {}, by = made.swarm.manager) =>
  async () => {
    const host = new DockerHost("swarm", { address: by.host, identity: "swarm-of-this-test" });
    const network = new OverlayNetwork("net", { encrypted: false, host });
    new SwarmService("web", {
      image: new Image("web", { reference: made.image, host }),
      replicas: REPLICAS,
      environment: { VERSION: version },
      networks: [network],
      endpointMode: "dnsrr",
      stopGraceSeconds: 4,
      monitorSeconds: 1,
      host,
      ...args,
    });
    await Promise.resolve();
  };

/** How many tasks run on each node, by its name. */
function spread(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const node of made.swarm.tasks(web).values()) counts[node] = (counts[node] ?? 0) + 1;
  return counts;
}

const total = (): number => made.swarm.tasks(web).size;

async function settled(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !holds(); tries++) await pause(200);
  expect({ spread: spread(), asAwaited: holds() }).toMatchObject({ asAwaited: true });
}

/** The versions of the containers that run on the nodes that are on. */
function versions(): string[] {
  return made.swarm.nodes
    .filter(({ isOn }) => isOn)
    .flatMap((node) => {
      const ids = node.command("ps", "-q", "--filter", `label=com.docker.swarm.service.name=${web}`);
      if (ids === "") return [];
      const environments = node.command("inspect", "-f", "{{json .Config.Env}}", ...ids.split("\n"));
      return [...environments.matchAll(/VERSION=(\w+)/g)].map(([, version]) => version ?? "");
    })
    .sort();
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
  expect(spread()).toEqual({
    "node-1": expect.any(Number),
    "node-2": expect.any(Number),
    "node-3": expect.any(Number),
  });
  expect(total()).toBe(REPLICAS);
  for (const node of made.swarm.nodes) expect(new Set(askFrom(node)).size).toBe(REPLICAS);
});

it("P1 has nothing to do at the second up, by another manager and after a refresh", async () => {
  const other = made.swarm.nodes[1];
  const before = made.swarm.tasks(web);
  await stack.up(program("1", {}, other));
  expect((await stack.up(program("1", {}, other))).steps).toEqual({});
  expect((await stack.up(program("1", {}, other), { refresh: true })).steps).toEqual({});
  expect(made.swarm.tasks(web)).toEqual(before);
});

it("moves off a node that is drained, and up has nothing to do about it", async () => {
  const [, , third] = made.swarm.nodes;
  await made.swarm.setAvailability(third as SwarmNode, "drain");
  await settled(() => total() === REPLICAS && spread()["node-3"] === undefined);
  expect((await stack.up(program("1"))).steps).toEqual({});
  await stack.up(program("2"));
  expect(spread()["node-3"]).toBeUndefined();
  expect(versions()).toEqual(Array(REPLICAS).fill("2"));
  await made.swarm.setAvailability(third as SwarmNode, "active");
});

it("starts the tasks of a node that is lost on the others, and up converges without it", async () => {
  await stack.up(program("3"));
  const lost = made.swarm.nodes[2] as SwarmNode;
  await made.swarm.kill(lost);
  await settled(() => total() === REPLICAS && spread()[lost.name] === undefined);
  expect((await stack.up(program("3"))).steps).toEqual({});
  await stack.up(program("4"));
  expect(versions()).toEqual(Array(REPLICAS).fill("4"));
  await made.swarm.revive(lost);
});

it("P6 converges by another manager when the one that leads is lost in the middle of an update", async () => {
  const leader = await made.swarm.leader();
  const others = made.swarm.nodes.filter((node) => node !== leader);
  const cut = stack.up(program("5", {}, leader)).then(
    () => "green",
    (error: unknown) => String(error),
  );
  await settled(() => versions().includes("5"));
  await made.swarm.kill(leader);
  expect(await cut).not.toBe("green");
  await stack.up(program("5", {}, others[0]));
  expect(total()).toBe(REPLICAS);
  expect(versions()).toEqual(Array(REPLICAS).fill("5"));
  expect((await stack.up(program("5", {}, others[0]))).steps).toEqual({});
  await made.swarm.revive(leader);
});
