/** A shop whose every part changes in another way. */

import type { Step } from "../../../components/review/step";
import { component, container, job, mounted, network, on, port, volume } from "./steps";

const front = network("front", { before: { id: "f1", inputs: { name: "shop-front" } }, after: { id: "f1" } });
const back = network("back", {
  before: { id: "b1", inputs: { ipamConfigs: [{ subnet: "10.90.0.0/24" }] } },
  after: { inputs: { ipamConfigs: [{ subnet: "10.91.0.0/24" }], internal: true } },
  changes: ["ipamConfigs[0].subnet"],
});
const metrics = network("metrics", { after: { inputs: {} } });

const orders = {
  name: "shop-test-orders",
};
const data = volume("orders", { before: { inputs: orders }, after: { inputs: orders } });
const old = volume("archive", {
  before: { inputs: { name: "shop-test-archive" }, retained: true },
});

const gatewayPorts = (ip: string): Record<string, unknown> => ({
  image: "shop-test/gateway-gateway:0a1b2c3d4e5f",
  ...on("f1"),
  ports: [port(8080, 8080, ip)],
});
const api = (image: string, ...networks: string[]): Record<string, unknown> => ({
  image,
  ...on(...networks),
  envs: "[secret]",
});
const database = { image: "mysql:8.4", ...on("b1"), volumes: [mounted("shop-test-orders")] };
const worker = { image: "shop-test/worker:1", ...on("b1") };

export const sample: readonly Step[] = [
  front,
  back,
  metrics,
  data,
  old,
  component("dockwright:index:Gateway", "gateway"),
  component(
    "dockwright:index:Gateway$dockwright:index:Container",
    "gateway",
    "dockwright:index:Gateway::gateway",
  ),
  container("gateway", {
    before: { inputs: gatewayPorts("127.0.0.1") },
    after: { inputs: gatewayPorts("0.0.0.0") },
    changes: ["ports[0].ip", "name"],
    within: "dockwright:index:Gateway$",
  }),
  container("api-1", {
    before: { inputs: api("shop-test/api:1", "f1", "b1") },
    after: {
      inputs: api("shop-test/api:2", "f1", "[unknown]", "[unknown]"),
      dependsOn: { networksAdvanced: [front.urn, back.urn, metrics.urn] },
    },
    changes: ["image", "envs[0]", "networksAdvanced[1].name"],
  }),
  container("database", {
    before: { inputs: database },
    after: {
      inputs: { ...database, ...on("[unknown]") },
      dependsOn: { networksAdvanced: [back.urn] },
    },
    changes: ["networksAdvanced[0].name"],
  }),
  container("archive", {
    before: { inputs: { image: "mysql:5.7", ...on("b1"), volumes: [mounted("shop-test-archive")] } },
  }),
  ...[1, 2, 3, 4, 5].map((number) =>
    container(`worker-${String(number)}`, {
      before: { inputs: worker },
      after: { inputs: { ...worker, ...on("[unknown]") }, dependsOn: { networksAdvanced: [back.urn] } },
      changes: ["networksAdvanced[0].name"],
    }),
  ),
  job("migration", {
    after: {
      inputs: {
        image: "shop-test/migrate:1",
        ...on("[unknown]"),
        volumes: [{ hostPath: "/srv/dumps", containerPath: "/dumps", readOnly: true }],
      },
      dependsOn: { networksAdvanced: [back.urn] },
    },
  }),
  container("report", {
    before: { inputs: { image: "shop-test/report:1", networkMode: "none" } },
    after: { inputs: { image: "shop-test/report:1", networkMode: "none" } },
  }),
];
