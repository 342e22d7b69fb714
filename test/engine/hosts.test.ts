/**
 * Several hosts: a second Engine behind a real SSH server on the loopback address. What stands on a host is made there,
 * moves with the host that the program names, and nothing is left behind but the data of volumes.
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { BridgeNetwork, Container, Image, Volume } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import type { DockerHostArgs, HostReference } from "../../components/host/args";
import { Deployment } from "./support/deployment";
import { docker as local } from "./support/docker";
import { SecondEngine } from "./support/second-engine";
import { SshServer } from "./support/ssh-server";

jest.setTimeout(300_000);

const context = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-hosts-"));
fs.writeFileSync(path.join(context, "Dockerfile"), "FROM debian:bookworm-slim\nCMD sleep 1000\n");
const moving = new Deployment("hosts");
const pair = new Deployment("two-hosts");

let engine: SecondEngine;
let server: SshServer;
let ssh: DockerHostArgs;
const unix: DockerHostArgs = { address: "unix:///var/run/docker.sock" };

beforeAll(async () => {
  engine = await SecondEngine.start();
  server = await SshServer.start(`unix://${engine.socket}`);
  ssh = { address: server.address, ssh: server.sharedSsh };
});
afterAll(async () => {
  await moving.cleanUp();
  await pair.cleanUp();
  await server.stop();
  await engine.stop();
  fs.rmSync(context, { recursive: true, force: true });
});

/** A service with all that it needs, on one host. */
function service(name: string, host?: HostReference): void {
  const given = host && { host };
  const image = new Image(name, { build: { context }, ...given });
  const network = new BridgeNetwork(name, given);
  const volume = new Volume(name, { protect: false, ...given });
  new Container(name, {
    image,
    networks: [network],
    mounts: [{ volume, path: "/data" }],
    stopGraceSeconds: 1,
    monitorSeconds: 1,
    ...given,
  });
}

const on =
  (host?: DockerHostArgs, name = "prod") =>
  async () => {
    service("web", host && new DockerHost(name, host));
    await Promise.resolve();
  };

/** What stands on a host and bears the name of a stack, by kind. */
function standing(run: (...args: string[]) => string, scope: string): Record<string, string[]> {
  const list = (...args: string[]) =>
    run(...args)
      .split("\n")
      .filter((line) => line.includes(scope));
  return {
    containers: list("ps", "-a", "--format", "{{.Names}}"),
    images: list("image", "ls", "--format", "{{.Repository}}"),
    networks: list("network", "ls", "--format", "{{.Name}}"),
    volumes: list("volume", "ls", "--format", "{{.Name}}"),
  };
}
const here = (scope: string) => standing(local, scope);
const there = (scope: string) => standing((...args) => engine.command(...args), scope);

const containersOf = ({ scope }: Deployment) => local("ps", "-q", "--no-trunc", "--filter", `name=${scope}-`);

const all = (scope: string) => ({
  containers: [`${scope}-web`],
  images: [`${scope}/web`],
  networks: [`${scope}-web`],
  volumes: [`${scope}-web`],
});
/** What a host keeps of a stack that has moved away: data, and builds for the way back. */
const left = (scope: string) => ({
  containers: [],
  images: [`${scope}/web`],
  networks: [],
  volumes: [`${scope}-web`],
});
const nothing = { containers: [], images: [], networks: [], volumes: [] };

it("creates everything on the given host, and nothing on this machine", async () => {
  await moving.up(on(ssh));
  expect(there(moving.scope)).toEqual(all(moving.scope));
  expect(here(moving.scope)).toEqual(nothing);
});

it("the second up changes nothing, also after a refresh", async () => {
  expect((await moving.up(on(ssh))).steps).toEqual({});
  expect((await moving.up(on(ssh), { refresh: true })).steps).toEqual({});
});

it("moves nothing if only the name in the program or the address of the same host changes", async () => {
  const { steps } = await moving.up(on(ssh, "production"));
  // The host and its provider alone.
  expect(steps).toEqual({ create: 2, delete: 2 });
  const made = engine.command("ps", "-q");
  await moving.up(on({ address: `unix://${engine.socket}`, identity: ssh.address }, "production"));
  expect(engine.command("ps", "-q")).toBe(made);
});

it("moves to another host, and leaves the data of volumes and its builds behind", async () => {
  const steps = await moving.preview(on(unix));
  const former = Object.keys(steps).filter((name) => name.includes("-on-ssh-root-"));
  expect(former.map((name) => `${name.split(" ")[0] ?? ""} ${steps[name] ?? ""}`).sort()).toEqual([
    "Container delete",
    "Network delete",
    "RemoteImage delete",
    "Volume delete",
    "docker delete",
  ]);
  await moving.up(on(unix));
  expect(here(moving.scope)).toEqual(all(moving.scope));
  expect(there(moving.scope)).toEqual(left(moving.scope));
});

it("moves back, to the remaining data", async () => {
  await moving.up(on(ssh));
  expect(there(moving.scope)).toEqual(all(moving.scope));
  expect(here(moving.scope)).toEqual(left(moving.scope));
});

describe("from the default host", () => {
  const stack = new Deployment("unnamed");
  afterAll(() => stack.cleanUp());

  it("an address of the same machine is reported, in a preview too", async () => {
    await stack.up(on());
    const ids = containersOf(stack);
    await expect(stack.preview(on(unix))).rejects.toThrow();
    await expect(stack.up(on(unix))).rejects.toThrow();
    expect(stack.printed).toContain(
      `docker host "prod": ${unix.address} is the host that this stack knows as the default host: its network ${stack.scope}-web exists there`,
    );
    expect(stack.printed).toContain('give the DockerHost identity: "default"');
    expect(containersOf(stack)).toBe(ids);
  });

  it("takes a name without moving", async () => {
    const made = containersOf(stack);
    const { steps } = await stack.up(on({ ...unix, identity: "default" }));
    expect([steps.update, steps.replace, steps.delete]).toEqual([undefined, undefined, undefined]);
    expect(containersOf(stack)).toBe(made);
  });

  it("moves to a named one, and leaves nothing but the data of volumes and its builds", async () => {
    await stack.up(on(ssh));
    expect(there(stack.scope)).toEqual(all(stack.scope));
    expect(here(stack.scope)).toEqual(left(stack.scope));
  });

  it("moves back", async () => {
    await stack.up(on());
    expect(here(stack.scope)).toEqual(all(stack.scope));
    expect(there(stack.scope)).toEqual(left(stack.scope));
  });
});

it("keeps two hosts of one program apart", async () => {
  const both = async () => {
    service("one", new DockerHost("a", ssh));
    service("two", new DockerHost("b", unix));
    await Promise.resolve();
  };
  await pair.up(both);
  expect(there(pair.scope).networks).toEqual([`${pair.scope}-one`]);
  expect(here(pair.scope).networks).toEqual([`${pair.scope}-two`]);
  expect((await pair.up(both)).steps).toEqual({});
});

it("does not move a protected volume, and says so in the preview", async () => {
  const guarded = new Deployment("guarded");
  const program = (host: DockerHostArgs, protect: boolean) => async () => {
    new Volume("data", { protect, host: new DockerHost("prod", host) });
    await Promise.resolve();
  };
  try {
    await guarded.up(program(ssh, true));
    await expect(guarded.preview(program(unix, true))).rejects.toThrow("protect");
    await guarded.up(program(unix, false)).catch(() => undefined);
    await guarded.up(program(ssh, false));
    expect(there(guarded.scope).volumes).toEqual([`${guarded.scope}-data`]);
  } finally {
    await guarded.cleanUp();
  }
});

describe("a host that cannot be reached", () => {
  const nobody = "ssh://nobody@127.0.0.1:1";
  it.each<[string, () => DockerHostArgs, string, string]>([
    [
      "where nothing listens",
      () => ({ address: nobody }),
      "Connection refused",
      "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15 -p 1 nobody@127.0.0.1 docker version",
    ],
    [
      "that refuses the key",
      () => ({ ...ssh, ssh: { ...server.ssh, identityFile: server.stranger } }),
      "it rejected the SSH login",
      "give ssh.identityFile a key that the host accepts",
    ],
    [
      "whose host key is not known",
      () => ({ ...ssh, ssh: { ...server.ssh, knownHostsFile: `${server.stranger}.pub` } }),
      "its host key is unknown or has changed",
      "add it to the file of known hosts",
    ],
    [
      "whose Engine does not answer",
      () => ({ ...ssh, address: `${server.address}/nowhere/docker.sock` }),
      "the host is reachable, but its Docker Engine is not",
      "systemctl start docker",
    ],
    [
      "whose socket does not exist",
      () => ({ address: "unix:///nowhere/docker.sock" }),
      "ENOENT",
      "docker -H unix:///nowhere/docker.sock version",
    ],
  ])(
    "%s is reported in the preview and by up, before anything is created",
    async (_, host, cause, remedy) => {
      const lost = new Deployment("lost");
      try {
        await expect(lost.preview(on(host()))).rejects.toThrow();
        await expect(lost.up(on(host()))).rejects.toThrow();
        expect(lost.printed.match(/docker host "prod": .* does not answer/g)?.length).toBeGreaterThanOrEqual(
          2,
        );
        expect(lost.printed).toContain(cause);
        expect(lost.printed).toContain("now        nothing was changed on that host");
        expect(lost.printed).toContain(remedy);
      } finally {
        await lost.cleanUp();
      }
    },
  );
});

it("creates many objects at once over SSH", async () => {
  const many = new Deployment("many");
  const program = async () => {
    const host = new DockerHost("prod", ssh);
    for (let index = 0; index < 30; index += 1) new Volume(`data-${String(index)}`, { protect: false, host });
    await Promise.resolve();
  };
  try {
    await many.up(program);
    expect(there(many.scope).volumes).toHaveLength(30);
  } finally {
    await many.cleanUp();
    for (const name of there(many.scope).volumes ?? []) engine.command("volume", "rm", name);
  }
});
