/** What the components of a swarm register, and what they refuse before anything is made. */

import * as pulumi from "@pulumi/pulumi";

import {
  BridgeNetwork,
  Container,
  Gateway,
  Image,
  OverlayNetwork,
  SwarmConfig,
  SwarmSecret,
  SwarmService,
  Volume,
} from "../../components";
import { run } from "../../components/testing";

const service = (args: object, name = "api") =>
  run(() => {
    const image = new Image("app", { reference: "team/app:1" });
    new SwarmService(name, { image, ...args });
  });

test("has these children, and names on the swarm", async () => {
  const { error, resources } = await run(
    () => {
      const image = new Image("app", { reference: "team/app:1" });
      const front = new OverlayNetwork("front", { attachable: true });
      const token = new SwarmSecret("token", { content: "hunter2" });
      const site = new SwarmConfig("site", { content: "a=1" });
      const api = new SwarmService("api", {
        image,
        networks: [front],
        secrets: { token, own: "hunter3" },
        files: { "/etc/site": { config: site }, "/etc/own": { content: "b=2" } },
      });
      new Gateway("web", { networks: [front], routes: [{ to: api, port: 80 }] });
    },
    { project: "shop", stack: "prod" },
  );
  expect(error).toBeUndefined();
  const tree = resources.map(({ parent, type, name }) => [parent, type, name].join(" > ")).sort();
  expect(tree.filter((each) => /Swarm|Overlay/.test(each))).toEqual([
    " > dockwright:index:OverlayNetwork > front",
    " > dockwright:index:SwarmConfig > site",
    " > dockwright:index:SwarmSecret > token",
    " > dockwright:index:SwarmService > api",
    "OverlayNetwork front > docker:index/network:Network > front",
    "SwarmConfig api-etc/own > docker:index/serviceConfig:ServiceConfig > api-etc/own",
    "SwarmConfig site > docker:index/serviceConfig:ServiceConfig > site",
    "SwarmSecret api-own > docker:index/secret:Secret > api-own",
    "SwarmSecret token > docker:index/secret:Secret > token",
    "SwarmService api > docker:index/service:Service > api",
    "SwarmService api > dockwright:index:SwarmConfig > api-etc/own",
    "SwarmService api > dockwright:index:SwarmSecret > api-own",
    "SwarmService api > dockwright:index:SwarmSpec > api-spec",
  ]);
  const names = resources
    .filter(({ type }) => /Service|Secret|Network/.test(type) && type.startsWith("docker:"))
    .map(({ inputs }) => String(inputs.name).replace(/-[0-9a-f]+$/, "-<hash>"));
  expect(names.sort()).toEqual([
    "shop-prod-api",
    "shop-prod-api-etc-own-<hash>",
    "shop-prod-api-own-<hash>",
    "shop-prod-front-<hash>",
    "shop-prod-site-<hash>",
    "shop-prod-token-<hash>",
  ]);
  const routes = resources.find(({ type }) => type.endsWith("GatewayRoutes"));
  expect(JSON.stringify(routes?.inputs)).toContain('"tasks.shop-prod-api:80"');
});

test.each([
  [
    { unsafe: { privileged: "because it has to be" } },
    /unsafe: "privileged" is not a known key; write nothing: Swarm does not support privileged tasks/,
  ],
  [{ networkMode: "host" }, /"networkMode" is not a known key; write networks/],
  [{ devices: {} }, /"devices".*Swarm does not support devices/],
  [{ ulimits: {} }, /"ulimits".*default-ulimits/],
  [{ drainSeconds: 3 }, /"drainSeconds".*stopGraceSeconds/],
  [{ waitUntilHealthy: true }, /"waitUntilHealthy".*healthCheck: "none"/],
  [{ replica: 2 }, /"replica".*write replicas/],
  [{ update: { failureAction: "pause" } }, /update: "failureAction".*next up would succeed/],
  [{ ports: [{ container: 80, host: 80 }] }, /ports\[0\].expose: .*"public".*all addresses of the nodes/],
  [
    { ports: [{ container: 80, host: 80, expose: "public", mode: "host" }], update: "start-first" },
    /update: cannot be "start-first" with ports\[0\].mode/,
  ],
  [
    { ports: [{ container: 80, host: 80, expose: "public" }], endpointMode: "dnsrr" },
    /ports\[0\].mode: must be "host" with endpointMode "dnsrr"/,
  ],
  [{ replicas: 2, global: true }, /replicas: and global/],
  [
    { memoryMiB: 64, reservations: { memoryMiB: 65 } },
    /reservations.memoryMiB: must be at most memoryMiB \(64\), got 65/,
  ],
  [{ secrets: { token: "" } }, /secrets.token: must not be empty/],
  [{ files: { "/etc/a": {} } }, /must have exactly one of content, contentBase64 and config, got 0/],
  [{ name: "a.b" }, /name: must be a name of 1 to 63/],
  [{ update: { maxFailureRatio: 2 } }, /update.maxFailureRatio: must be a number from 0 to 1, got 2/],
])("%j is refused", async (args, says) => {
  expect((await service(args)).error?.message).toMatch(says);
});

test("a bridge network is none of a swarm, and a container is on attachable overlay networks alone", async () => {
  const { error } = await run(() => {
    const image = new Image("app", { reference: "team/app:1" });
    new SwarmService("api", { image, networks: [new BridgeNetwork("net") as never] });
  });
  expect(error?.message).toMatch(/networks\[0\]: must be an OverlayNetwork/);
  const other = await run(() => {
    const image = new Image("app", { reference: "team/app:1" });
    new Container("api", { image, networks: [new OverlayNetwork("net")] });
  });
  expect(other.error?.message).toMatch(/networks\[0\]: must be attachable/);
});

test("two services cannot publish one port of the swarm", async () => {
  const { error } = await run(() => {
    const image = new Image("app", { reference: "team/app:1" });
    const ports = [{ container: 80, host: 8080, expose: "public" }] as const;
    new SwarmService("one", { image, ports });
    new SwarmService("two", { image, ports });
  });
  expect(error?.message).toMatch(
    /ports\[0\].host: must be free, got 8080\/tcp, which service "one" already uses/,
  );
});

test("two tasks do not write to one volume: it is stop-first", async () => {
  const { resources } = await run(() => {
    const image = new Image("app", { reference: "team/app:1" });
    const volume = new Volume("data");
    new SwarmService("one", { image, mounts: [{ volume, path: "/data" }] });
    new SwarmService("two", { image });
  });
  const orders = Object.fromEntries(
    resources
      .filter(({ type }) => type.endsWith(":SwarmSpec"))
      .map(({ name, inputs }) => [name, (inputs.UpdateConfig as { Order: string }).Order]),
  );
  expect(orders).toEqual({ "one-spec": "stop-first", "two-spec": "start-first" });
});

test("no text of a secret is in plain text", async () => {
  const { resources } = await run(() => {
    const image = new Image("app", { reference: "team/app:1" });
    new SwarmSecret("token", { content: "hunter2" });
    new SwarmService("api", {
      image,
      secrets: { own: "hunter3" },
      environment: { KEY: pulumi.secret("hunter4") },
    });
  });
  const clear = JSON.stringify(resources, (key, value: unknown) =>
    typeof value === "object" && value !== null && "secret" in value ? "(secret)" : value,
  );
  for (const text of ["hunter2", "hunter3", "hunter4"]) {
    expect(clear).not.toContain(text);
    expect(clear).not.toContain(Buffer.from(text).toString("base64"));
  }
});
