import { Image, OverlayNetwork, SwarmSecret, SwarmService } from "dockwright";

const image = new Image("site", { build: { context: "site" } });
const back = new OverlayNetwork("back");
const token = new SwarmSecret("token", { content: "not-a-real-token" });

const web = new SwarmService("web", {
  image,
  replicas: 2,
  networks: [back],
  endpointMode: "dnsrr",
  secrets: { token },
  memoryMiB: 64,
  reservations: { memoryMiB: 32 },
  placement: { constraints: ["node.platform.os == linux"] },
  update: { parallelism: 1, delaySeconds: 1 },
});

export const name = web.serviceName;
