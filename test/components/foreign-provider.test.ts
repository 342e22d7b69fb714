/** A Docker provider that is given in Pulumi's own ways is refused: it would move the resources and not dockwright's own questions. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import {
  BridgeNetwork,
  ComposeProject,
  Container,
  Gateway,
  Image,
  Job,
  OverlayNetwork,
  Registry,
  SwarmConfig,
  SwarmSecret,
  SwarmService,
  SwarmStack,
  Volume,
  WebService,
} from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import { run } from "../../components/testing";

const folder = mkdtempSync(join(tmpdir(), "dw-provider-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = join(folder, "compose.yaml");
writeFileSync(files, "{ name: shop, services: { web: { image: app } } }");

const image = () => new Image("app", { reference: "nginx:1.27" });
const pushed = { reference: pulumi.output(`r/app@sha256:${"0".repeat(64)}`) };
const front = () => new BridgeNetwork("front");

type Options = pulumi.ComponentResourceOptions;
const makers: Record<string, (opts: Options) => unknown> = {
  image: (opts) => new Image("it", { reference: "nginx:1.27" }, opts),
  container: (opts) => new Container("it", { image: image() }, opts),
  job: (opts) => new Job("it", { image: image() }, opts),
  network: (opts) => new BridgeNetwork("it", {}, opts),
  volume: (opts) => new Volume("it", { protect: false }, opts),
  registry: (opts) => new Registry("it", { address: "r.example.com", username: "u", password: "p" }, opts),
  "web service": (opts) => new WebService("it", { image: image(), port: 80, networks: [front()] }, opts),
  gateway: (opts) => new Gateway("it", { networks: [front()], routes: [] }, opts),
  "compose project": (opts) => new ComposeProject("it", { files }, opts),
  stack: (opts) => new SwarmStack("it", { files }, opts),
  service: (opts) => new SwarmService("it", { image: pushed as never }, opts),
  secret: (opts) => new SwarmSecret("it", { content: "x" }, opts),
  config: (opts) => new SwarmConfig("it", { content: "x" }, opts),
  "overlay network": (opts) => new OverlayNetwork("it", {}, opts),
};

class Group extends pulumi.ComponentResource {
  constructor(opts: Options) {
    super("my:index:Group", "group", {}, opts);
    this.registerOutputs({});
  }
}

const provider = () => new docker.Provider("p", { host: "tcp://h:2375" });
const remedy = 'use host: new DockerHost("prod", { address:';

test.each(Object.keys(makers))("P10 a provider is refused by name, with the remedy: %s", async (kind) => {
  const { error } = await run(() => makers[kind]?.({ providers: { docker: provider() } }));
  const { message } = error as Error;
  expect(message).toMatch(/^[\w ]+ "it" has \d+ invalid arguments?\n/);
  expect(message).toContain("  opts.provider: a Docker provider (given by provider, providers or a parent)");
  expect(message).toContain(remedy);
});

test.each<[string, () => Options]>([
  ["provider", () => ({ provider: provider() })],
  ["providers as an array", () => ({ providers: [provider()] })],
  ["providers as a map", () => ({ providers: { docker: provider() } })],
  ["a parent", () => ({ parent: new Group({ providers: [provider()] }) })],
])("P10 however it is given: %s", async (_, opts) => {
  const { error } = await run(() => new Volume("it", { protect: false }, opts()));
  expect((error as Error).message).toContain(remedy);
});

test.each(["host", "context", "certPath", "sshOpts"])("P10 or set: docker:%s", async (key) => {
  const { error } = await run(() => new Volume("it", { protect: false }), {
    config: { [`docker:${key}`]: "x" },
  });
  expect((error as Error).message).toContain(
    `  docker:${key}: is not supported in the settings of the stack`,
  );
  expect((error as Error).message).toContain(`pulumi config rm docker:${key}`);
});

test("a host of its own is what is asked for, whatever else is given or set", async () => {
  const { error, get } = await run(
    () => {
      const parent = new Group({ providers: [provider()] });
      const host = new DockerHost("prod", { address: "ssh://h" }, { parent });
      return new Volume("it", { protect: false, host }, { parent });
    },
    { config: { "docker:host": "tcp://h:2375" } },
  );
  expect(error).toBeUndefined();
  expect(get("docker:index/volume:Volume", "it-on-ssh-h").provider).toBe("docker prod-on-ssh-h");
});

test("providers of other packages are let through", async () => {
  const { error } = await run(() => {
    class Other extends pulumi.ProviderResource {}
    return new Volume("it", { protect: false }, { providers: [new Other("other", "other")] });
  });
  expect(error).toBeUndefined();
});
