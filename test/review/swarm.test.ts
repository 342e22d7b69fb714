/** What a change does to a service of a swarm. */

import { review } from "../../components/review/classify";
import { preview, type Resource } from "./digest";

const service: Resource = {
  op: "same",
  type: "docker:index/service:Service",
  name: "web",
  of: "SwarmService web",
};
const specType = "dockwright:index:SwarmSpec";

interface Spec {
  readonly replicas?: number;
  readonly order?: string;
  readonly atOnce?: number;
  readonly container?: object;
  readonly ports?: readonly object[];
  readonly labels?: object;
}

const spec = ({
  replicas = 2,
  order = "stop-first",
  atOnce = 1,
  container = {},
  ports = [],
  labels = {},
}: Spec): object => ({
  Labels: labels,
  TaskTemplate: { ContainerSpec: { Image: "shop/web@sha256:1", ...container } },
  Mode: { Replicated: { Replicas: replicas } },
  UpdateConfig: { Order: order, Parallelism: atOnce },
  EndpointSpec: { Ports: ports },
});

function impacts(before: Spec, after: Spec, op: Resource["op"] = "update"): string[] {
  const told: Resource = {
    op,
    type: specType,
    name: "web-spec",
    of: "SwarmService web",
    before: spec(before),
    after: spec(after),
  };
  const { components } = review(preview([service, told]));
  return (components[0]?.impacts ?? []).map(
    ({ kind, lasts, reason }) => `${lasts ? "permanent " : ""}${kind}: ${reason}`,
  );
}

const changed = { container: { Env: ["A=2"] } };

test.each<[string, Spec, string]>([
  ["start-first", { order: "start-first" }, "replacement: each new task runs before the old one stops"],
  ["one of two at a time", {}, "replacement: its tasks are replaced, 1 at a time, and the others serve"],
  ["a single task", { replicas: 1 }, "outage: all its tasks stop before the new ones start (stop-first)"],
  ["all at once", { atOnce: 0 }, "outage: all its tasks stop before the new ones start (stop-first)"],
])("tasks are restarted: %s", (_what, how, text) => {
  expect(impacts(how, { ...how, ...changed })).toEqual([text]);
});

test("a changed number of replicas restarts no task", () => {
  expect(impacts({ replicas: 2 }, { replicas: 3 })).toEqual(["in-place: runs 3 tasks instead of 2"]);
  expect(impacts({ replicas: 2 }, { replicas: 1 })).toEqual(["removal: runs 1 task instead of 2"]);
  expect(impacts({ replicas: 2 }, { replicas: 0 })).toEqual(["permanent outage: it has no tasks left"]);
  expect(impacts({}, { labels: { a: "b" } })).toEqual(["in-place: is updated, and its tasks keep running"]);
});

test("ports of a swarm are public, and those in host mode restart its tasks", () => {
  const port = { TargetPort: 80, PublishedPort: 8080, Protocol: "tcp", PublishMode: "ingress" };
  const exposure = "exposure: other machines reach its port 80/tcp at port 8080 of the nodes";
  expect(impacts({}, { ports: [port] })).toEqual([
    exposure,
    "in-place: is updated, and its tasks keep running",
  ]);
  const onNodes = { ...port, PublishMode: "host" };
  expect(impacts({ replicas: 1 }, { replicas: 1, ports: [onNodes] })).toEqual([
    "outage: all its tasks stop before the new ones start (stop-first)",
    exposure,
  ]);
});

test("privileges and secrets are reported, for a new service too", () => {
  const bind = {
    container: {
      Mounts: [{ Type: "bind", Source: "/srv", Target: "/s", ReadOnly: false }],
      CapabilityAdd: ["NET_ADMIN"],
    },
  };
  expect(impacts({ order: "start-first" }, { order: "start-first", ...bind }).slice(0, 2)).toEqual([
    "privilege: gets the capability NET_ADMIN",
    "privilege: writes to /srv of its node",
  ]);
  const secret = (name: string) => ({ order: "start-first", container: { Secrets: [{ SecretName: name }] } });
  expect(impacts(secret("a"), secret("b"))[0]).toBe("secret-rotation: its tasks get a different secret");
});

test("a service that goes, or is replaced, is an outage", () => {
  const of = (op: Resource["op"]): object | undefined =>
    review(preview([{ ...service, op }])).components[0]?.impacts[0];
  expect(of("delete")).toMatchObject({ kind: "outage", lasts: true });
  expect(of("replace")).toMatchObject({ kind: "outage", lasts: false });
  expect(of("create")).toMatchObject({ kind: "addition" });
});
