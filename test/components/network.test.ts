import { BridgeNetwork, type BridgeNetworkArgs } from "../../components";
import { run, UNKNOWN, valueOf } from "../../components/testing";

const made = (args: BridgeNetworkArgs = {}, preview = false) =>
  run(() => new BridgeNetwork("net", args), { preview });

const plainInputs = {
  name: "shop-test-net",
  driver: "bridge",
  internal: false,
  labels: [
    { label: "com.docker.compose.network", value: "net" },
    { label: "com.docker.compose.project", value: "shop-test" },
    { label: "io.dockwright.kind", value: "network" },
    { label: "io.dockwright.name", value: "net" },
    { label: "io.dockwright.project", value: "shop" },
    { label: "io.dockwright.stack", value: "test" },
  ],
};

test("has one child, named as itself", async () => {
  const { children, result } = await made();

  expect(children).toEqual([
    {
      type: "docker:index/network:Network",
      name: "net",
      parent: "BridgeNetwork net",
      provider: "",
      inputs: plainInputs,
      options: { deleteBeforeReplace: true },
    },
  ]);
  expect(result?.internal).toBe(false);
  expect(result?.subnet).toBeUndefined();
  expect(await valueOf((result as BridgeNetwork).networkId)).toBe("net-id");
  expect(await valueOf((result as BridgeNetwork).networkName)).toBe("shop-test-net");
});

const isolated = { "com.docker.network.bridge.gateway_mode_ipv4": "isolated" };

test.each<[string, BridgeNetworkArgs, Record<string, unknown>]>([
  ["name", { name: "my-net" }, { name: "my-net" }],
  ["internal", { internal: true }, { internal: true }],
  ["options", { options: { a: "b" } }, { options: { a: "b" } }],
  [
    "subnet",
    { subnet: "10.20.0.0/24", gateway: "10.20.0.1", ipRange: "10.20.0.128/25" },
    { ipamConfigs: [{ subnet: "10.20.0.0/24", gateway: "10.20.0.1", ipRange: "10.20.0.128/25" }] },
  ],
  [
    "a subnet alone",
    { subnet: "10.20.0.0/24" },
    { ipamConfigs: [{ subnet: "10.20.0.0/24", gateway: "10.20.0.1" }] },
  ],
  [
    "a subnet without a gateway",
    { subnet: "10.20.0.0/24", options: isolated },
    { ipamConfigs: [{ subnet: "10.20.0.0/24" }], options: isolated },
  ],
  [
    "labels",
    { labels: { team: "blue" } },
    { labels: [...plainInputs.labels, { label: "team", value: "blue" }] },
  ],
])("%s becomes exactly these inputs", async (_, args, added) => {
  expect((await made(args)).children[0]?.inputs).toEqual({ ...plainInputs, ...added });
});

test("is referred to by an id that only Docker knows, so that containers follow a replacement", async () => {
  const { result } = await made({ subnet: "10.20.0.0/24" }, true);
  expect(await valueOf((result as BridgeNetwork).networkId)).toBe(UNKNOWN);
  expect(result?.subnet).toBe("10.20.0.0/24");
});

test("subnets that only touch are two networks", async () => {
  const { error } = await run(() => [
    new BridgeNetwork("first", { subnet: "10.20.0.0/24" }),
    new BridgeNetwork("second", { subnet: "10.20.1.0/24" }),
  ]);
  expect(error).toBeUndefined();
});
