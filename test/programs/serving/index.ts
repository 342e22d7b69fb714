import { BridgeNetwork, Gateway, Image, Job, Volume, WebService } from "dockwright";

const image = new Image("site", { build: { context: "site" } });
const front = new BridgeNetwork("front");
const data = new Volume("data", { protect: false });

// Runs once, and again when its inputs change; dependents wait until it has succeeded.
const seed = new Job("seed", {
  image,
  command: ["sh", "-c", "date > /data/seeded"],
  mounts: [{ volume: data, path: "/data" }],
  user: "0",
});

const site = new WebService(
  "site",
  {
    image,
    replicas: 2,
    port: 8080,
    networks: [front],
    mounts: [{ volume: data, path: "/data", readOnly: true }],
    healthCheck: { command: "busybox wget -q -O /dev/null http://127.0.0.1:8080/" },
  },
  { dependsOn: seed },
);

const gateway = new Gateway("gateway", {
  networks: [front],
  http: { host: 8001 },
  routes: [{ to: site }],
});

export const url = gateway.url;
