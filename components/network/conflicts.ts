/** Conflicts of a network on the host. */

import type { Owner } from "../core/names";
import type { Conflict } from "../deployment/plan/conflict";
import { adoptRemedy, type HostObject, type HostView, isOwn, ownerOf } from "../deployment/look/host-view";
import { overlap } from "./subnet";

interface Wanted {
  readonly name: string;
  readonly hostName: string;
  readonly subnet: string | undefined;
}

export function networkConflicts(
  view: HostView,
  owner: Owner,
  { name, hostName, subnet }: Wanted,
): Conflict[] {
  const { networks, here } = view;
  const what = `network "${name}"`;
  const foreign = networks.filter(
    (each) =>
      !isOwn(each, view.identity) &&
      !isTakenOver(view, each) &&
      !(owner.adopts === true && each.name === hostName),
  );
  const holder = foreign.find((each) => each.name === hostName);
  const found: Conflict[] = [];
  if (holder !== undefined) {
    const other = ownerOf(holder.labels, owner);
    found.push({
      what,
      why: `the name ${hostName} on the host belongs to a network created by ${other}`,
      next: adoptRemedy(
        owner,
        holder.labels,
        `docker network inspect ${hostName}; remove it if it is yours, or give this one another name (name: "...")`,
      ),
    });
  }
  if (subnet === undefined) return found;
  const neighbour = foreign.find(({ subnets }) => subnets.some((each) => overlap(each, subnet)));
  if (neighbour !== undefined)
    found.push({
      what,
      why: `${subnet} overlaps ${neighbour.subnets.join(", ")} of network ${neighbour.name} (${ownerOf(neighbour.labels)})`,
      next: "choose another subnet, or omit it so that Docker picks one",
    });
  const route = here?.routes.find((each) => overlap(each.subnet, subnet));
  if (route !== undefined)
    found.push({
      what,
      why: `${subnet} overlaps ${route.subnet}, which this machine routes through ${route.device}`,
      next: "choose another subnet, or omit it so that Docker picks one",
    });
  return found;
}

/** True for a network that this deployment has taken over: its labels stay, but our own containers are on it. */
export function isTakenOver({ containers, identity }: HostView, { name }: HostObject): boolean {
  return containers.some((each) => each.networks.includes(name) && isOwn(each, identity));
}
