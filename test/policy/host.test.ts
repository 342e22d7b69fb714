/** The Engine's answers to inspect as subjects; test/engine/policy.test.ts reads real ones. */

import { judge } from "../../components/policy/judge";
import { readHost } from "../../components/policy/read/host";

const id = `sha256:${"1".repeat(64)}`;
const anonymous = "f".repeat(64);
const labels = { "com.docker.compose.project": "shop", "com.docker.compose.service": "web" };
const container = {
  Name: "/shop-web-1",
  Image: id,
  Config: {
    Image: id,
    Labels: labels,
    Env: ["PATH=/bin", "IMAGE_TOKEN=x", "OWN_TOKEN=y"],
    User: "",
    Healthcheck: { Test: ["CMD", "true"] },
  },
  HostConfig: {
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true", "label=disable"],
    PidMode: "host",
    Memory: 600,
    RestartPolicy: { Name: "always" },
    LogConfig: { Type: "local", Config: {} },
    PortBindings: {
      "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }],
      "53/udp": [{ HostIp: "", HostPort: "53" }],
    },
  },
  Mounts: [{ Type: "volume", Name: anonymous, Destination: "/data", RW: true }],
  NetworkSettings: { Networks: { shop_front: {} } },
};
const inventory = {
  containers: [container],
  images: [
    {
      Id: id,
      RepoTags: ["debian:latest", "debian:bookworm-slim"],
      Config: { Env: ["PATH=/bin", "IMAGE_TOKEN=x"] },
    },
  ],
  networks: [
    { Name: "bridge", Driver: "bridge", IPAM: { Config: [{ Subnet: "172.17.0.0/16" }] } },
    {
      Name: "shop_front",
      Labels: { "com.docker.compose.project": "shop", "com.docker.compose.network": "front" },
    },
    { Name: "elsewhere", Driver: "macvlan", Labels: null },
  ],
  volumes: [{ Name: "foreign", Driver: "local", Options: { o: "bind", device: "/etc" }, Labels: null }],
  memoryBytes: 500,
};

test("one project is read without the rest of the host", () => {
  const stack = readHost(inventory, "shop");
  expect(stack.containers[0]).toMatchObject({
    name: "web",
    image: { reference: "debian:bookworm-slim", built: false },
    networks: ["front"],
    networkMode: undefined,
    environment: [{ name: "OWN_TOKEN", value: "y" }],
    securityOptions: ["no-new-privileges:true"],
    healthCheck: "given",
    restart: "always",
    ports: [
      { address: "127.0.0.1", host: undefined, container: 80, protocol: "tcp" },
      { address: "", host: 53, container: 53, protocol: "udp" },
    ],
  });
  expect(judge(stack).map((each) => each.id)).toEqual([
    "host-pid:web",
    "secret-in-environment:web",
    "memory-above-host:memory",
    "public-port:web",
    "root-user:web",
    "anonymous-volume:web",
    "privileged-port:web",
    "undigested-image:web",
    "writable-root:web",
  ]);
});

test("of a whole host each name says whose it is", () => {
  const ids = judge(readHost(inventory)).map((each) => each.id);
  expect(ids).toEqual(
    expect.arrayContaining(["host-pid:shop/web", "volume-of-host-path:foreign", "lan-network:elsewhere"]),
  );
});

test("replicas of a component are one subject, and an image built by a stack is not external", () => {
  const made = { ...labels, "io.dockwright.name": "web-2" };
  const built = { ...container, Config: { ...container.Config, Labels: made, Image: "shop/web:abc" } };
  const [only] = readHost({ ...inventory, containers: [built] }, "shop").containers;
  expect(only).toMatchObject({ name: "web", image: { reference: "shop/web:abc", built: true } });
});
