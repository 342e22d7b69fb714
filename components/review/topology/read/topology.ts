/** Translates the steps of a preview into the model of the diagram. */

import type { Operation, Step } from "../../step";
import { containersOf, type Drawn } from "./containers";
import { type DeclaredNetwork, networksOf } from "./networks";
import { volumesOf } from "./volumes";
import { fold } from "../fold";
import { byText, type Placed, placedOf } from "./placed";
import type { Change, Host, Network, Topology } from "../model";

const changes: Readonly<Record<Operation, Change>> = {
  same: "same",
  create: "added",
  update: "updated",
  replace: "replaced",
  delete: "removed",
};

/** The model of the diagram, in an order that does not depend on the order of the steps. */
export function topologyOf(steps: readonly Step[]): Topology {
  const placed = steps
    .map((step) => placedOf(step, changes[step.operation]))
    .filter((each) => each !== undefined);
  const keys = [...new Set(placed.map(({ host }) => host))].sort(byText);
  return {
    title: titleOf(steps),
    hosts: keys.map((key) =>
      hostOf(
        key,
        placed.filter(({ host }) => host === key),
        steps,
      ),
    ),
  };
}

function hostOf(key: string, placed: readonly Placed[], steps: readonly Step[]): Host {
  const of = (kind: Placed["kind"]): Placed[] => placed.filter((each) => each.kind === kind);
  const declared = networksOf(of("network"));
  const { volumes, mountsOf } = volumesOf(of("volume"), of("container"));
  const { containers, networks } = containersOf(of("container"), declared, mountsOf, steps);
  const ordered = inOrder(networks, containers);
  return fold({
    key,
    networks: ordered.map((network) => withContainers(network, ordered, containers)),
    volumes,
  });
}

/** Networks with published ports come first, then those connected to them; Docker's own networks come last. */
function inOrder(networks: readonly DeclaredNetwork[], containers: readonly Drawn[]): DeclaredNetwork[] {
  const members = (id: string): Drawn[] =>
    containers.filter(({ on }) => on.some(({ network }) => network === id));
  // Networks that receive requests, and those to which requests are forwarded.
  const publishes = (id: string): number =>
    Math.max(
      0,
      ...members(id).map(({ kind, ports }) => (ports.length === 0 ? 0 : kind === "gateway" ? 2 : 1)),
    );
  const left = [...networks].sort(
    (a, b) =>
      Number(a.isMode) - Number(b.isMode) || publishes(b.id) - publishes(a.id) || byText(a.name, b.name),
  );
  const ordered: DeclaredNetwork[] = [];
  const joined = ({ id }: DeclaredNetwork): boolean =>
    members(id).some(({ on }) => on.some(({ network }) => ordered.some((each) => each.id === network)));
  while (left.length > 0) {
    const next = left.find(joined) ?? left[0];
    if (next === undefined) break;
    ordered.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return ordered;
}

/** A container is drawn in its first network, and connected to the others. */
function withContainers(
  { id, name, change, note }: DeclaredNetwork,
  order: readonly DeclaredNetwork[],
  containers: readonly Drawn[],
): Network {
  const rank = (network: string): number => order.findIndex((each) => each.id === network);
  return {
    id,
    name,
    change,
    note,
    containers: containers.flatMap(({ on, ...container }) => {
      const [home, ...others] = [...on].sort((a, b) => rank(a.network) - rank(b.network));
      return home?.network === id ? [{ ...container, attachments: others }] : [];
    }),
  };
}

/** Reads project and stack from the URNs. */
function titleOf(steps: readonly Step[]): string {
  const [, , stack, , project] = (steps[0]?.urn ?? "").split(":");
  return stack === undefined || project === undefined ? "" : `${project}/${stack}`;
}
