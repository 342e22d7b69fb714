import { BridgeNetwork, Container, Dockerfile, Image, Volume } from "dockwright";

const dockerfile = Dockerfile.from("debian:bookworm-slim")
  .run("apt-get update && apt-get install -y --no-install-recommends busybox && apt-get clean")
  .run("mkdir /data && chown 1000:1000 /data")
  .user("1000:1000");

const image = new Image("busybox", { build: { dockerfile } });
const backend = new BridgeNetwork("backend", { internal: true });
const data = new Volume("data", { protect: false });

const writer = new Container("writer", {
  image,
  command: ["sh", "-c", "date > /data/started; exec sleep infinity"],
  networks: [backend],
  mounts: [{ volume: data, path: "/data" }],
  memoryMiB: 32,
});

const reader = new Container(
  "reader",
  {
    image,
    command: ["sh", "-c", "while sleep 1; do cat /data/started; done"],
    networks: [{ network: backend, aliases: ["clock"] }],
    mounts: [{ volume: data, path: "/data", readOnly: true }],
    secrets: { token: "an example; take it from pulumi.Config" },
    restart: { onFailure: 5 },
  },
  { dependsOn: writer },
);

export const addresses = reader.addresses;
