/** For each rule about a Swarm something that it finds, and the nearest that it must let pass. */

import {
  type ContainerSubject,
  emptyStack,
  type MountFacts,
  type NodeFacts,
  plainContainer,
  type PortFacts,
  type StackSubject,
  type SwarmFacts,
} from "../../../components/policy/subject";
import type { Case } from "./case";

/** As Docker has it, but rolled back where it fails. */
const plainSwarm: SwarmFacts = {
  global: false,
  constraints: [],
  maxReplicasPerNode: undefined,
  parallelism: 1,
  failureAction: "rollback",
  reservedBytes: undefined,
};

type Facts = Partial<Omit<ContainerSubject, "swarm">> & { readonly swarm?: Partial<SwarmFacts> };

const aService = ({ swarm, ...facts }: Facts, name = "web"): ContainerSubject => ({
  ...plainContainer(name),
  replicas: 2,
  ...facts,
  swarm: { ...plainSwarm, ...swarm },
});

export const aNode = (facts: Partial<NodeFacts> = {}): NodeFacts => ({
  id: "n1",
  name: "one",
  role: "worker",
  os: "linux",
  arch: "x86_64",
  labels: {},
  engineLabels: {},
  memoryBytes: 1000,
  ...facts,
});

const stack = (facts: Facts, nodes?: readonly NodeFacts[]): StackSubject => ({
  ...emptyStack,
  containers: [aService(facts)],
  nodes,
});
const one = (finds: Facts, passes: Facts): Case => ({ finds: stack(finds), passes: stack(passes) });
const onNodes = (nodes: readonly NodeFacts[], finds: Facts, passes: Facts): Case => ({
  finds: stack(finds, nodes),
  passes: stack(passes, nodes),
});
const wants = (...constraints: string[]): Facts => ({ swarm: { constraints } });
const port = (mode: string, host: number | undefined = 80): PortFacts => ({
  address: "",
  host,
  container: 80,
  protocol: "tcp",
  mode,
});
const data = (readOnly: boolean): MountFacts => ({
  kind: "volume",
  source: "data",
  path: "/data",
  readOnly,
  propagation: "",
});

export const swarmCases: Readonly<Record<string, Case>> = {
  "contradicting-placement": one(
    wants("node.role==manager", "node.role != manager"),
    wants("node.role==manager", "node.labels.role != manager"),
  ),
  "no-rollback": one({ swarm: { failureAction: "pause" } }, {}),
  "single-replica-stop-first": one({ replicas: 1 }, { replicas: 1, startsFirst: true }),
  "update-all-at-once": one({ swarm: { parallelism: 2 } }, { replicas: 3, swarm: { parallelism: 2 } }),
  "host-port-start-first": one(
    { startsFirst: true, ports: [port("host")] },
    { startsFirst: true, ports: [port("ingress")] },
  ),
  "ingress-port": one({ ports: [port("ingress")] }, { ports: [port("host")] }),
  "data-stays-behind": one(
    { mounts: [data(false)], swarm: { constraints: ["node.role==worker"] } },
    { mounts: [data(false)], swarm: { constraints: ["node.labels.disk==ssd"] } },
  ),
  "no-memory-reservation": one({}, { swarm: { reservedBytes: 1 } }),
  "placement-without-node": onNodes(
    [aNode({ labels: { zone: "a" } })],
    wants("node.labels.zone==b"),
    wants("node.labels.zone==A", "node.hostname!=two"),
  ),
  "replicas-above-nodes": onNodes(
    [aNode(), aNode({ id: "n2", name: "two" })],
    { replicas: 3, swarm: { maxReplicasPerNode: 1 } },
    { replicas: 4, swarm: { maxReplicasPerNode: 2 } },
  ),
  "memory-above-nodes": onNodes(
    [aNode(), aNode({ id: "n2", name: "two" })],
    { memoryBytes: 600, replicas: 4 },
    { memoryBytes: 500, replicas: 4 },
  ),
};
