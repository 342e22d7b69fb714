/** Identical containers are drawn once, with their number. */

import type { Container, Host } from "./model";

/** The minimum number of identical containers that are drawn as one. */
const FOLDED_FROM = 4;

export function fold(host: Host): Host {
  return {
    ...host,
    networks: host.networks.map((network) => ({ ...network, containers: folded(network.containers) })),
  };
}

function folded(containers: readonly Container[]): Container[] {
  const groups = new Map<string, Container[]>();
  for (const each of containers) groups.set(likeness(each), [...(groups.get(likeness(each)) ?? []), each]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < FOLDED_FROM) return group;
    return [{ ...first, name: stem(first.name), count: group.length }];
  });
}

/** Everything in the diagram except the number at the end of the name. */
function likeness({ name, id, ports, ...rest }: Container): string {
  return JSON.stringify([stem(name) === name || ports.length > 0 ? id : stem(name), rest]);
}

const stem = (name: string): string => name.replace(/-\d+$/, "");
