/** Services of a Swarm in the four uses: programs, Compose files, and what runs; and where tasks may run. */

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { Image, OverlayNetwork, SwarmService, Volume } from "../../components";

import { findingsOf } from "../../components/testing";
import { judgeStack } from "../../components/compose/judge";
import { loadCompose } from "../../components/compose/load";
import { judge } from "../../components/policy/judge";
import { contradiction, isPinned, meets } from "../../components/policy/placement";
import { readHost } from "../../components/policy/read/host";
import { readStackFile } from "../../components/policy/read/stack-file";
import { aNode } from "./support/swarm-cases";

test.each<[string, readonly string[]]>([
  ["node.role==manager and node.role==worker", ["node.role==manager", "node.role==worker"]],
  ["node.role!=manager and node.role!=worker", ["node.role != manager", "node.role != worker"]],
  ["node.labels.a==x and node.labels.a!=X", ["node.labels.a==x", "node.labels.a!=X"]],
  ["node.hostname==one and node.hostname==two", ["node.hostname==one", "node.hostname==two"]],
  ["node.role==leader, and nodes are manager or worker", ["node.role==leader"]],
])("%s cannot be met", (text, constraints) => {
  expect(contradiction(constraints)).toBe(text);
});

test.each<[string, readonly string[]]>([
  ["two that say the same", ["node.role==worker", "node.role == Worker"]],
  ["two that both exclude", ["node.labels.a!=x", "node.labels.a!=y"]],
  ["one value, and another excluded", ["node.labels.a==x", "node.labels.a!=y"]],
  ["what is no constraint", ["node.role", "node.role>=2"]],
])("%s can be met", (_, constraints) => {
  expect(contradiction(constraints)).toBeUndefined();
});

test("a node meets what is said of it, and of its Engine", () => {
  const node = aNode({ labels: { disk: "SSD" }, engineLabels: { os: "debian" } });
  expect(meets(node, ["node.labels.disk==ssd", "engine.labels.os == debian", "node.id!=n2"])).toBe(true);
  expect(meets(node, ["node.role==manager"])).toBe(false);
  expect(meets(node, ["node.labels.none!=x", "node.platform.os==linux"])).toBe(true);
  expect(isPinned(["node.role==manager"])).toBe(false);
  expect(isPinned(["node.hostname!=one"])).toBe(false);
  expect(isPinned(["node.hostname==one"])).toBe(true);
});

const ids = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id).sort();

test("a service of a program is judged, by the rules of containers as well", async () => {
  const found = await findingsOf(() => {
    new docker.Service("web", {
      taskSpec: {
        containerSpec: {
          image: "nginx",
          env: { API_TOKEN: "example-of-a-secret", PORT: "80" },
          mounts: [{ type: "volume", source: "data", target: "/data" }],
        },
        placement: { constraints: ["node.role==manager", "node.role==worker"] },
        resources: { limits: { memoryBytes: 1000 } },
      },
      mode: { replicated: { replicas: 1 } },
      endpointSpec: { ports: [{ targetPort: 80, publishedPort: 80 }] },
    });
  });
  expect(ids(found)).toEqual(
    expect.arrayContaining([
      "contradicting-placement:web",
      "data-stays-behind:web",
      "ingress-port:web",
      "no-rollback:web",
      "public-port:web",
      "secret-in-environment:web",
      "single-replica-stop-first:web",
    ]),
  );
  expect(ids(found)).not.toEqual(
    expect.arrayContaining(["no-memory-limit:web", "no-restart:web", "new-privileges:web"]),
  );
  expect(JSON.stringify(found)).not.toContain("example-of-a-secret");
});

test("a SwarmService is checked by the specification that it sends to the Engine", async () => {
  const found = await findingsOf(() => {
    const front = new OverlayNetwork("front", { encrypted: false });
    new SwarmService("web", {
      image: new Image("web", { reference: "nginx:1.27" }),
      environment: { API_TOKEN: pulumi.secret("example-of-a-secret") },
      networks: [front],
      mounts: [{ volume: new Volume("data"), path: "/data" }],
      placement: { constraints: ["node.role==manager", "node.role!=manager"] },
      ports: [{ container: 80, host: 80, expose: "public" }],
    });
  });
  expect(ids(found)).toEqual(
    expect.arrayContaining([
      "contradicting-placement:web",
      "data-stays-behind:web",
      "ingress-port:web",
      "secret-in-environment:web",
      "single-replica-stop-first:web",
      "unencrypted-overlay:front",
    ]),
  );
  expect(ids(found).filter((id) => /no-rollback|latest-image|:web-spec/.test(id))).toEqual([]);
  expect(JSON.stringify(found)).not.toContain("example-of-a-secret");
});

const fromFile = (text: string): string[] => {
  const loaded = loadCompose({
    files: ["compose.yaml"],
    environment: {},
    workingDirectory: "/shop",
    read: (path) => (path === "/shop/compose.yaml" ? text : undefined),
  });
  return ids(judge(readStackFile(loaded.model, judgeStack(loaded).plan, () => undefined)));
};

test("a Compose file is judged as a SwarmStack runs it", () => {
  const found = fromFile(`
services:
  web:
    image: nginx:1.27
    ports: ["80:80"]
    deploy: { replicas: 5, resources: { limits: { memory: 50M } } }
  db:
    image: postgres:17
    volumes: [data:/var/lib/postgresql/data]
    environment: { POSTGRES_PASSWORD: example }
    deploy: { update_config: { failure_action: pause }, placement: { constraints: [node.role == manager] } }
  other: { image: x, networks: [open] }
networks: { open: { driver_opts: { encrypted: "false" } } }
volumes: { data: }
`);
  expect(found).toEqual(
    expect.arrayContaining([
      "data-stays-behind:db",
      "ingress-port:web",
      "no-rollback:db",
      "secret-in-environment:db",
      "single-replica-stop-first:db",
      "unencrypted-overlay:open",
    ]),
  );
  expect(found).not.toContain("unencrypted-overlay:default");
  expect(
    found.filter((id) => /^(duplicate-port|no-rollback|no-restart|no-memory-limit):web/.test(id)),
  ).toEqual([]);
});

const running = {
  containers: [
    {
      Name: "/shop_web.1.abc",
      Config: {
        Labels: { "com.docker.swarm.service.name": "shop_web", "com.docker.stack.namespace": "shop" },
      },
    },
  ],
  images: [],
  volumes: [],
  networks: [
    { Id: "net1", Name: "shop_front", Driver: "overlay", Labels: { "com.docker.stack.namespace": "shop" } },
  ],
  memoryBytes: 1000,
  nodes: [
    {
      ID: "n1",
      Spec: { Role: "manager", Availability: "active", Labels: { zone: "a" } },
      Status: { State: "ready" },
      Description: { Hostname: "one", Platform: { OS: "linux" }, Resources: { MemoryBytes: 1000 } },
    },
    { ID: "n2", Spec: { Role: "worker", Availability: "drain" }, Status: { State: "ready" } },
  ],
  services: [
    {
      Spec: {
        Name: "shop_web",
        Labels: { "com.docker.stack.namespace": "shop" },
        Mode: { Replicated: { Replicas: 3 } },
        UpdateConfig: { Order: "start-first", FailureAction: "rollback" },
        EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: "host" }] },
        TaskTemplate: {
          ContainerSpec: { Image: "nginx:1.27", Env: ["DB_PASSWORD=x"] },
          Placement: { Constraints: ["node.role==worker"] },
          Resources: { Limits: { MemoryBytes: 500 } },
          Networks: [{ Target: "net1" }],
        },
      },
    },
  ],
};

test("what a manager runs is judged by its services and nodes, each task once", () => {
  const stack = readHost(running, "shop");
  expect(stack.containers.map(({ name, networks }) => [name, networks])).toEqual([["web", ["front"]]]);
  expect(ids(judge(stack))).toEqual(
    expect.arrayContaining([
      "host-port-start-first:web",
      "memory-above-nodes:memory",
      "placement-without-node:web",
      "secret-in-environment:web",
      "unencrypted-overlay:front",
    ]),
  );
  expect(readHost(running).containers.map(({ name }) => name)).toEqual(["shop/web"]);
  expect(readHost(running, "other").containers).toEqual([]);
});

test("on a host that is not a manager, tasks are containers", () => {
  const { services: _, nodes: __, ...worker } = running;
  expect(readHost(worker, "shop").containers.map(({ swarm }) => swarm)).toEqual([undefined]);
});
