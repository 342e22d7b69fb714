/**
 * What a user's state and host hold on to. A change here replaces what runs, or loses sight of data: make it on purpose, with
 * aliases, and a note for those who upgrade.
 */

import { tokens } from "../../components/core/tokens";
import { BridgeNetwork, Container, Image, Registry, RegistryPush, Volume } from "../../components";
import { run } from "../../components/testing";

test("type tokens", () => {
  expect(tokens).toEqual({
    bridgeNetwork: "dockwright:index:BridgeNetwork",
    composeProject: "dockwright:index:ComposeProject",
    container: "dockwright:index:Container",
    dockerHost: "dockwright:index:DockerHost",
    gateway: "dockwright:index:Gateway",
    gatewayRoutes: "dockwright:index:GatewayRoutes",
    image: "dockwright:index:Image",
    job: "dockwright:index:Job",
    overlayNetwork: "dockwright:index:OverlayNetwork",
    readiness: "dockwright:index:Readiness",
    registry: "dockwright:index:Registry",
    registryPush: "dockwright:index:RegistryPush",
    swarmConfig: "dockwright:index:SwarmConfig",
    swarmSecret: "dockwright:index:SwarmSecret",
    swarmService: "dockwright:index:SwarmService",
    swarmSpec: "dockwright:index:SwarmSpec",
    swarmStack: "dockwright:index:SwarmStack",
    volume: "dockwright:index:Volume",
    webService: "dockwright:index:WebService",
  });
});

test("types, names and parents of everything that is registered", async () => {
  const { resources } = await run(() => {
    const image = new Image("app", { reference: "nginx:1.27" });
    const registry = new Registry("team", {
      address: "127.0.0.1:5000",
      username: "ada",
      password: "hunter2",
    });
    new RegistryPush("push", { image, registry, repository: "team/app" });
    new Volume("data");
    new BridgeNetwork("net");
    new Container("web", { image });
  });

  expect(resources.map(({ parent, type, name }) => [parent, type, name].join(" > ")).sort()).toEqual([
    " > dockwright:index:BridgeNetwork > net",
    " > dockwright:index:Container > web",
    " > dockwright:index:Image > app",
    " > dockwright:index:Registry > team",
    " > dockwright:index:RegistryPush > push",
    " > dockwright:index:Volume > data",
    "BridgeNetwork net > docker:index/network:Network > net",
    "Container web > docker:index/container:Container > web",
    "Image app > docker:index/remoteImage:RemoteImage > app",
    "Registry team > pulumi:providers:docker > team",
    "RegistryPush push > docker:index/registryImage:RegistryImage > push",
    "RegistryPush push > docker:index/remoteImage:RemoteImage > push-local",
    "RegistryPush push > docker:index/tag:Tag > push-tag",
    "Volume data > docker:index/volume:Volume > data",
  ]);
});

test("names on the host", async () => {
  const { children } = await run(
    () => {
      new Volume("data");
      new BridgeNetwork("net");
      new Container("web", { image: new Image("app", { reference: "nginx:1.27" }) });
    },
    { project: "shop", stack: "prod" },
  );

  expect(children.map(({ inputs }) => inputs.name).sort()).toEqual([
    "nginx:1.27",
    "shop-prod-data",
    "shop-prod-net",
    "shop-prod-web",
  ]);
});

test("no component writes its arguments to the state, where a secret would be in plain text", async () => {
  const { resources } = await run(() => {
    const image = new Image("app", { reference: "nginx:1.27" });
    new Registry("team", { address: "r.example.com", username: "ada", password: "hunter2" });
    new Container("web", { image, secrets: { password: "hunter2" } });
  });

  const clear = resources.filter((each) => JSON.stringify(withoutSecrets(each.inputs)).includes("hunter2"));
  expect(clear).toEqual([]);
  for (const { type, inputs } of resources) if (type.startsWith("dockwright:")) expect(inputs).toEqual({});
});

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if ("secret" in value) return "(secret)";
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(each)]));
}
