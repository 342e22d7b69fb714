/** Rules about a stack as a whole. */

import { clash, isPublic, showBinding } from "../../container/ports/port";
import { isDatabase } from "../roles";
import { cis, type Found, type RuleOf } from "../rule";
import type { ContainerSubject, StackSubject } from "../subject";

const writtenVolumes = ({ mounts }: ContainerSubject): string[] => [
  ...new Set(
    mounts
      .filter(({ kind, readOnly, source }) => kind === "volume" && !readOnly && source !== "")
      .map(({ source }) => source),
  ),
];

export const stackRules: readonly RuleOf<"stack">[] = [
  {
    id: "duplicate-port",
    kind: "stack",
    title: "Two containers use the same host port",
    severity: "high",
    reference: "Docker Engine",
    text: "the second one does not start",
    remediation: "change one of the ports, or put both behind a gateway",
    check: ({ containers }) => duplicatePorts(containers),
  },
  {
    id: "two-writers",
    kind: "stack",
    title: "Several containers write to one volume",
    severity: "medium",
    reference: "Docker docs, volumes",
    text: "most programs expect exclusive access to their files, and lose data otherwise",
    remediation: "mount it read-only in all but one",
    check: ({ containers }) => twoWriters(containers),
  },
  {
    id: "start-first-writer",
    kind: "stack",
    title: "During an update two versions write to one volume",
    severity: "medium",
    reference: "Docker docs, update order",
    text: "with start-first the new version opens the files while the old one still writes them",
    remediation: "use stop-first, or mount the volume read-only",
    check: ({ containers }) =>
      containers.flatMap((each) => {
        const [volume] = each.startsFirst ? writtenVolumes(each) : [];
        return volume === undefined ? [] : [{ on: each.name, text: `starts first and writes ${volume}` }];
      }),
  },
  {
    id: "database-on-public-network",
    kind: "stack",
    title: "A database shares a network with a public container",
    severity: "medium",
    reference: "OWASP Docker Security, rule 5",
    text: "an attacker in the public container can reach the database directly",
    remediation: "put the database on a separate internal network with only its clients",
    check: (stack) => exposedDatabases(stack),
  },
  {
    id: "memory-above-host",
    kind: "stack",
    title: "The memory limits sum up to more than the host has",
    severity: "medium",
    reference: cis("5.11"),
    text: "when all of them reach their limit, the kernel kills one",
    remediation: "lower the limits, or take a larger host",
    check: ({ containers, hostMemoryBytes }) => {
      const sum = containers
        // A Swarm spreads them over its nodes.
        .filter(({ swarm }) => swarm === undefined)
        .map(({ memoryBytes, replicas, isJob }) => (isJob ? 0 : (memoryBytes ?? 0) * replicas))
        .reduce((a, b) => a + b, 0);
      return hostMemoryBytes === undefined || sum <= hostMemoryBytes
        ? []
        : [{ on: "memory", text: `sums up to ${mib(sum)} MiB on a host of ${mib(hostMemoryBytes)} MiB` }];
    },
  },
];

const mib = (bytes: number): string => String(Math.round(bytes / 2 ** 20));

function duplicatePorts(containers: readonly ContainerSubject[]): Found[] {
  const all = containers.flatMap((container) => container.ports.map((port) => ({ container, port })));
  return all.flatMap(({ container, port }, index): Found[] => {
    const other =
      // A swarm restarts its tasks itself.
      container.replicas > 1 && port.host !== undefined && container.swarm === undefined
        ? container
        : all.slice(0, index).find((each) => clash(each.port, port))?.container;
    return other === undefined
      ? []
      : [
          {
            on: container.name,
            text:
              other === container
                ? `has ${String(container.replicas)} replicas, which all want ${showBinding(port)}`
                : `wants ${showBinding(port)}, and so does ${other.name}`,
          },
        ];
  });
}

function twoWriters(containers: readonly ContainerSubject[]): Found[] {
  const writers = new Map<string, string[]>();
  for (const each of containers.filter(({ isJob }) => !isJob))
    for (const volume of writtenVolumes(each))
      writers.set(volume, [
        ...(writers.get(volume) ?? []),
        ...Array.from({ length: Math.min(each.replicas, 2) }, () => each.name),
      ]);
  return [...writers]
    .filter(([, names]) => names.length > 1)
    .map(([volume, names]) => ({
      on: volume,
      text: `is written by ${[...new Set(names)].sort().join(", ")}${new Set(names).size === 1 ? ", several times" : ""}`,
    }));
}

function exposedDatabases({ containers, networks }: StackSubject): Found[] {
  const internal = new Set(networks.filter((each) => each.internal).map(({ name }) => name));
  const isReached = (each: ContainerSubject): boolean => each.ports.some(isPublic);
  return containers.filter(isDatabase).flatMap((database): Found[] => {
    const neighbour = containers.find(
      (each) =>
        each !== database &&
        isReached(each) &&
        each.networks.some((network) => database.networks.includes(network) && !internal.has(network)),
    );
    return neighbour === undefined
      ? []
      : [{ on: database.name, text: `shares a network with ${neighbour.name}, which publishes ports` }];
  });
}
