/**
 * The host of the docker command: without a host, components are on the Engine of the selected context, for the provider and for the
 * library's own connection alike. A context that was changed moves nothing.
 */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { BridgeNetwork, Container, Image, Volume } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import { Deployment } from "./support/deployment";
import { docker as local } from "./support/docker";
import { BASE_IMAGE } from "./support/engines";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(300_000);

const config = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-context-"));
const stack = new Deployment("context");
const VARIABLES = ["DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_HOST"] as const;
const before = VARIABLES.map((name) => [name, process.env[name]] as const);
let engine: SecondEngine;

/** What a shell has set; `current` as `docker context use` writes it. */
function shell(variables: Partial<Record<(typeof VARIABLES)[number], string>>, current = "default"): void {
  restore();
  Object.assign(process.env, { DOCKER_CONFIG: config, ...variables });
  fs.writeFileSync(path.join(config, "config.json"), JSON.stringify({ currentContext: current }));
}

function restore(): void {
  for (const [name, value] of before)
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
}

beforeAll(async () => {
  engine = await SecondEngine.start();
  const folder = path.join(config, "contexts/meta", createHash("sha256").update("second").digest("hex"));
  fs.mkdirSync(folder, { recursive: true });
  const Endpoints = { docker: { Host: `unix://${engine.socket}`, SkipTLSVerify: false } };
  fs.writeFileSync(
    path.join(folder, "meta.json"),
    JSON.stringify({ Name: "second", Metadata: {}, Endpoints }),
  );
});
afterAll(async () => {
  shell({});
  await stack.cleanUp();
  restore();
  await engine.stop();
  fs.rmSync(config, { recursive: true, force: true });
});

const service = async (): Promise<void> => {
  const network = new BridgeNetwork("web", { subnet: "10.231.7.0/24" });
  new Container("web", {
    image: new Image("base", { reference: BASE_IMAGE }),
    command: ["sleep", "1000"],
    networks: [network],
    mounts: [{ volume: new Volume("web", { protect: false }), path: "/data" }],
    stopGraceSeconds: 1,
    monitorSeconds: 1,
  });
  await Promise.resolve();
};

const standing = (run: (...args: string[]) => string): string[] =>
  [
    run("ps", "-a", "--format", "{{.Names}}"),
    run("network", "ls", "--format", "{{.Name}}"),
    run("volume", "ls", "--format", "{{.Name}}"),
  ]
    .join("\n")
    .split("\n")
    .filter((name) => name.startsWith(stack.scope));
const here = () => standing(local);
const there = () => standing((...args) => engine.command(...args));

it("P10 a context that does not exist ends the preview, and is named", async () => {
  shell({ DOCKER_CONTEXT: "gone" });
  await expect(stack.preview(service)).rejects.toThrow('docker context "gone"');
  expect(stack.printed).toContain("DOCKER_CONTEXT selects it, and it does not exist");
});

it("P1 the current context is followed by the provider and by the checks, and the second up is empty", async () => {
  shell({}, "second");
  await stack.up(service);
  expect([here(), there().length]).toEqual([[], 3]);
  expect((await stack.up(service)).steps).toEqual({});
  // The same host by another way.
  shell({ DOCKER_CONTEXT: "second" });
  expect((await stack.up(service)).steps).toEqual({});
  expect(here()).toEqual([]);
});

it("P2 another context is refused, by a preview and by an up, and nothing is made there", async () => {
  shell({}, "default");
  await expect(stack.preview(service)).rejects.toThrow("docker host");
  expect(stack.printed).toContain(
    `this stack was deployed to unix://${engine.socket}, and the docker command now uses unix:///var/run/docker.sock, where its 3 objects do not exist`,
  );
  await expect(stack.up(service)).rejects.toThrow("docker host");
  await expect(stack.up(service)).rejects.toThrow("docker host");
  expect([here(), there().length]).toEqual([[], 3]);
});

it("P2 a DockerHost with a context is a move like any other, whatever the shell says", async () => {
  shell({ DOCKER_CONTEXT: "second" });
  expect((await stack.up(service)).steps).toEqual({});
  const onHost = async (): Promise<void> => {
    new Volume("web", {
      protect: false,
      host: new DockerHost("local", { address: "unix:///var/run/docker.sock" }),
    });
    await Promise.resolve();
  };
  await stack.up(onHost);
  expect(here()).toEqual([`${stack.scope}-web`]);
});
