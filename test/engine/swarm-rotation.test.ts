/**
 * Secrets and configs of a service on three nodes, behind a gateway on one of them, that get another content under load: no
 * request fails, the old ones go, and no text of a secret is anywhere in plain text.
 * That a run killed in the middle of it converges is the business of `test/faults`, whose service has both.
 */

import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import {
  DockerHost,
  Gateway,
  type GatewayArgs,
  Image,
  OverlayNetwork,
  SwarmConfig,
  SwarmSecret,
  SwarmService,
} from "../../components";
import { Deployment, type Steps } from "./support/deployment";
import { Load, type Outcome } from "./support/load";
import { Relay } from "./support/relay";
import { SwarmWithWeb } from "./support/swarm-web";

jest.setTimeout(400_000);

const stack = new Deployment("rotation");
const web = `${stack.scope}-web`;
const REPLICAS = 3;
const PER_SECOND = 100;
/** Of the gateway, on the loopback address of its node. */
const PORT = 8080;
let made: SwarmWithWeb;
let gatewayImage: string;
let relay: Relay;

/** The content of a secret, of one whose last version is kept, and of a config. */
interface Contents {
  readonly word: string;
  readonly kept: string;
  readonly conf: string;
}

const another = (): string => randomBytes(16).toString("hex");
const first: Contents = { word: another(), kept: another(), conf: another() };
const second: Contents = { ...first, word: another(), kept: another() };
const third: Contents = { ...second, conf: another(), kept: another() };

const program =
  ({ word, kept, conf }: Contents, gateway: Partial<GatewayArgs> = {}) =>
  async () => {
    const host = new DockerHost("swarm", { address: made.swarm.managers[0].host, identity: "swarm" });
    const network = new OverlayNetwork("net", { encrypted: false, attachable: true, host });
    const service = new SwarmService("web", {
      image: new Image("web", { reference: made.image, host }),
      replicas: REPLICAS,
      networks: [network],
      endpointMode: "dnsrr",
      secrets: {
        word: new SwarmSecret("word", { content: word, host }),
        kept: new SwarmSecret("kept", { content: kept, keep: 1, host }),
      },
      files: { "/etc/word.conf": { config: new SwarmConfig("conf", { content: conf, host }) } },
      monitorSeconds: 1,
      host,
    });
    const { url } = new Gateway("gate", {
      image: new Image("gate", { reference: gatewayImage, host }),
      networks: [network],
      http: { host: PORT },
      routes: [{ to: service, port: 8080 }],
      host,
      ...gateway,
    });
    return Promise.resolve({ url });
  };

beforeAll(async () => {
  made = await SwarmWithWeb.start();
  gatewayImage = await made.gatewayImage();
  relay = await enter(PORT);
});
afterAll(async () => {
  try {
    await stack.cleanUp();
  } finally {
    await (relay as Relay | undefined)?.close();
    await made.stop();
  }
});

/** @param port of the loopback address of the node that has the gateway */
const enter = (port: number): Promise<Relay> =>
  Relay.open(made.swarm.managers[0].namespace, port, join(made.swarm.folder, `${port}.sock`));

/** What each task tells of its two files, asked through the gateway until all have answered. */
async function answers(): Promise<string[]> {
  const told = new Map<string, string>();
  for (let asked = 0; asked < 100 && told.size < REPLICAS; asked++) {
    const [, host = "", ...marks] = (await relay.get()).split(" ");
    told.set(host, marks.join(" "));
  }
  return [...told.values()];
}

const mark = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);
const all = ({ word, conf }: Contents): string[] =>
  Array<string>(REPLICAS).fill(`${mark(word)} ${mark(conf)}`);

/** An `up` under load, which lasts until every task tells the new content: an old one ends a moment after the `up`. */
async function underLoad(contents: Contents): Promise<Outcome & { steps: Steps }> {
  const load = new Load("http://gate.test/", PER_SECOND, relay.at);
  try {
    const { steps } = await stack.up(program(contents));
    let told = await answers();
    for (let tries = 0; tries < 20 && told.join() !== all(contents).join(); tries++) {
      await pause(250);
      told = await answers();
    }
    expect(told).toEqual(all(contents));
    return { ...(await load.stop()), steps };
  } finally {
    await load.stop();
  }
}

/** The names on the swarm of what that component has made. */
const namesOf = (kind: "secret" | "config", name: string): string[] =>
  made.swarm.manager
    .command(kind, "ls", "--format", "{{.Name}}", "--filter", `label=io.dockwright.name=${name}`)
    .split("\n");

const gateway = (): string =>
  made.swarm.managers[0].command(
    "inspect",
    "--format",
    "{{.Id}} {{.State.StartedAt}}",
    `${stack.scope}-gate`,
  );

/** All that Pulumi, the swarm and its nodes show to whoever asks them. */
async function shown(): Promise<Record<string, string>> {
  const { docker } = made.swarm.manager;
  const json = async (list: Promise<unknown>): Promise<string> => JSON.stringify(await list);
  const containers = made.swarm.nodes.map((node) =>
    node.command("inspect", ...node.command("ps", "-aq").split("\n")),
  );
  return {
    output: stack.printed,
    state: stack.stateFiles(),
    services: await json(docker.listServices()),
    tasks: await json(docker.listTasks()),
    secrets: await json(docker.listSecrets()),
    configs: await json(docker.listConfigs()),
    containers: containers.join("\n"),
  };
}

it("P9 a gateway on the loopback address of a node routes to the tasks on all nodes", async () => {
  await stack.up(program(first));
  const tasks = await made.swarm.tasks(web);
  expect(tasks.map(({ node }) => node).sort()).toEqual(["node-1", "node-2", "node-3"]);
  expect(await answers()).toEqual(all(first));
  expect((await stack.up(program(first))).steps).toEqual({});
});

it("P3 no request fails while a secret is rotated, and the old one is removed", async () => {
  const [before, led] = [namesOf("secret", "word"), gateway()];
  const { sent, failed, steps } = await underLoad(second);
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(5 * PER_SECOND);
  expect(steps).toEqual({ replace: 2, update: 1 });
  expect(gateway()).toBe(led);
  const after = namesOf("secret", "word");
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
  expect((await stack.up(program(second))).steps).toEqual({});
});

it("P3 no request fails while a config is rotated; with keep: 1 the previous secret stays", async () => {
  const [before, former] = [namesOf("config", "conf"), namesOf("secret", "kept")];
  const used = (): string =>
    made.swarm.manager.command("service", "inspect", "--format", "{{json .Spec}}", web);
  const [last = ""] = former.filter((name) => used().includes(name));
  expect(former).toHaveLength(2);
  const { sent, failed } = await underLoad(third);
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(5 * PER_SECOND);
  const after = namesOf("config", "conf");
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
  const kept = namesOf("secret", "kept");
  expect(kept).toHaveLength(2);
  expect(kept).toContain(last);
  expect((await stack.up(program(third))).steps).toEqual({});
});

it("P8 no secret is in plain text in the output, the state, labels or inspect", async () => {
  const texts = [first, second, third].flatMap(({ word, kept }) => [word, kept]);
  const forms = texts.flatMap((text) => [text, Buffer.from(text).toString("base64")]);
  for (const [place, content] of Object.entries(await shown())) {
    // No expectation may print what it looks at.
    const clear = forms.filter((form) => content.includes(form)).length;
    expect({ place, looked: content.includes("rotation"), clear }).toEqual({ place, looked: true, clear: 0 });
  }
});

it("a replaced gateway gets the name of the old one", async () => {
  const [id] = gateway().split(" ");
  await stack.up(program(third, { memoryMiB: 128 }));
  expect(gateway()).not.toContain(id);
  expect(await answers()).toEqual(all(third));
  expect((await stack.up(program(third, { memoryMiB: 128 }))).steps).toEqual({});
});

it("a gateway with a port picked by Docker keeps the port and a temporary name", async () => {
  const { outputs } = await stack.up(program(third, { http: {} }));
  await relay.close();
  relay = await enter(Number(new URL(String(outputs.url?.value)).port));
  expect(await answers()).toEqual(all(third));
});
