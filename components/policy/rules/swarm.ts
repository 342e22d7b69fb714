/** Rules about services of a Swarm, and whether its nodes can run them. */

import { contradiction, isPinned, meets } from "../placement";
import { type Found, listing, type RuleOf, when } from "../rule";
import { type NodeFacts, type ServiceSubject, servicesOf, type StackSubject } from "../subject";

const DEPLOY = "Docker docs, deploy services to a swarm";

export const serviceRules: readonly RuleOf<"service">[] = [
  {
    id: "contradicting-placement",
    kind: "service",
    title: "No node can meet the constraints",
    severity: "high",
    reference: DEPLOY,
    text: "its tasks stay pending forever, and the update never completes",
    remediation: "remove one of the constraints",
    check: ({ swarm }) => {
      const found = contradiction(swarm.constraints);
      return found === undefined ? [] : [{ text: `requires ${found}` }];
    },
  },
  {
    id: "no-rollback",
    kind: "service",
    title: "A failed update is not rolled back",
    severity: "high",
    reference: DEPLOY,
    text: "the failed version stays next to the good one, and the next deployment reports success",
    remediation: "write failure_action: rollback under update_config",
    check: ({ swarm }) =>
      when(swarm.failureAction !== "rollback", `has the failure action ${swarm.failureAction}`),
  },
  {
    id: "single-replica-stop-first",
    kind: "service",
    title: "The only task stops before its successor starts",
    severity: "medium",
    reference: DEPLOY,
    text: "every update and every drained node is an outage",
    remediation: "run two tasks, or write order: start-first if two can run at once",
    check: ({ replicas, startsFirst, swarm }) =>
      when(!swarm.global && replicas === 1 && !startsFirst, "has one replica, which stops first"),
  },
  {
    id: "update-all-at-once",
    kind: "service",
    title: "All tasks are replaced at once",
    severity: "medium",
    reference: DEPLOY,
    text: "a version that does not start takes down the whole service before it is rolled back",
    remediation: "set parallelism below the number of tasks, or order: start-first",
    check: ({ replicas, startsFirst, swarm: { global, parallelism } }) =>
      when(
        !startsFirst && (parallelism === 0 || (!global && replicas > 1 && parallelism >= replicas)),
        `replaces ${parallelism === 0 ? "all" : String(parallelism)} at a time and stops them first`,
      ),
  },
  {
    id: "host-port-start-first",
    kind: "service",
    title: "The new task waits for a port that the old one holds",
    severity: "high",
    reference: DEPLOY,
    text: "with start-first both need the node's port, and the update never ends if no other node is free",
    remediation: "write order: stop-first, or publish the port by ingress",
    check: ({ startsFirst, ports }) =>
      when(
        startsFirst && ports.some(({ mode, host }) => mode === "host" && host !== undefined),
        "starts first and publishes a port of its node",
      ),
  },
  {
    id: "ingress-port",
    kind: "service",
    title: "Every node of the Swarm listens on the port",
    severity: "medium",
    reference: "Docker docs, swarm mode routing mesh",
    text: "including managers and nodes without a task, on all their addresses",
    remediation: "publish with mode: host on nodes selected by placement, or put a gateway in front",
    check: ({ ports }) =>
      listing(
        "publishes on every node",
        ports
          .filter(({ mode }) => mode === "ingress")
          .map(({ host, container }) => String(host ?? container)),
      ),
  },
  {
    id: "data-stays-behind",
    kind: "service",
    title: "Data stays on a node when its task moves",
    severity: "high",
    reference: "Docker docs, volumes in services",
    text: "a volume belongs to its node: a task that moves to another node gets an empty one",
    remediation:
      "pin the service with a constraint on node.hostname or a node label, or keep the data outside",
    check: ({ mounts, swarm }) =>
      isPinned(swarm.constraints)
        ? []
        : listing(
            "may move away from",
            mounts
              .filter(({ kind, readOnly, source }) => kind === "volume" && !readOnly && source !== "")
              .map(({ source }) => source),
          ),
  },
  {
    id: "no-memory-reservation",
    kind: "service",
    title: "No memory is reserved",
    severity: "low",
    reference: DEPLOY,
    text: "the scheduler ignores the memory of such a task, and can place any number of them on one node",
    remediation: "reserve the usual memory of the program",
    check: ({ swarm }) => when(swarm.reservedBytes === undefined, "reserves no memory"),
  },
];

export const clusterRules: readonly RuleOf<"stack">[] = [
  {
    id: "placement-without-node",
    kind: "stack",
    title: "No node of the Swarm meets the constraints",
    severity: "high",
    reference: DEPLOY,
    text: "its tasks stay pending until a matching node exists",
    remediation: "label a node with docker node update --label-add, or change the constraints",
    check: (stack) =>
      eachWithNodes(stack, ({ swarm: { constraints } }, nodes) =>
        nodes.length === 0 && contradiction(constraints) === undefined
          ? `requires ${constraints.join(" and ")}, which no available node has`
          : undefined,
      ),
  },
  {
    id: "replicas-above-nodes",
    kind: "stack",
    title: "There are more replicas than the nodes can run",
    severity: "high",
    reference: DEPLOY,
    text: "the remaining tasks stay pending",
    remediation: "run fewer, or raise max_replicas_per_node",
    check: (stack) =>
      eachWithNodes(stack, ({ replicas, swarm: { global, maxReplicasPerNode: most } }, nodes) =>
        most !== undefined && !global && nodes.length > 0 && replicas > most * nodes.length
          ? `requires ${String(replicas)} tasks, at most ${String(most)} on each of ${String(nodes.length)} nodes`
          : undefined,
      ),
  },
  {
    id: "memory-above-nodes",
    kind: "stack",
    title: "The services need more memory than the nodes have",
    severity: "medium",
    reference: DEPLOY,
    text: "reservations cannot be scheduled, and limits can cause the kernel to kill tasks",
    remediation: "lower the reservations or limits, run fewer replicas, or add a node",
    check: memoryAboveNodes,
  },
];

/** One finding per service with a text; none if the nodes are not known. */
function eachWithNodes(
  stack: StackSubject,
  textOf: (service: ServiceSubject, nodes: readonly NodeFacts[]) => string | undefined,
): Found[] {
  const { nodes } = stack;
  if (nodes === undefined) return [];
  return servicesOf(stack).flatMap((service) => {
    const text = textOf(
      service,
      nodes.filter((node) => meets(node, service.swarm.constraints)),
    );
    return text === undefined ? [] : [{ on: service.name, text }];
  });
}

function memoryAboveNodes(stack: StackSubject): Found[] {
  const { nodes } = stack;
  if (nodes === undefined) return [];
  const there = nodes.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const wanted = servicesOf(stack)
    .map(({ memoryBytes, replicas, swarm: { global, reservedBytes } }) => {
      const tasks = global ? nodes.length : replicas;
      return tasks * Math.max(memoryBytes ?? 0, reservedBytes ?? 0);
    })
    .reduce((sum, bytes) => sum + bytes, 0);
  return wanted <= there
    ? []
    : [
        {
          on: "memory",
          text: `sums up to ${mib(wanted)} MiB on ${String(nodes.length)} nodes with ${mib(there)} MiB`,
        },
      ];
}

const mib = (bytes: number): string => String(Math.round(bytes / 2 ** 20));
