/** Who must let go of what for whom, decided from what is declared and what stands on the host. Pure. */

import { isOfStack, isOwn } from "../look/host-view";
import { type ComposeIdentity, isOfCompose } from "../look/labels";
import { isKeptFailure, type HostContainer } from "../../container/live";
import { type Binding, clash, showBinding } from "../../container/ports/port";

import type { Owner } from "../../core/names";

/** What one container of the program will have on the host. */
export interface Declared {
  readonly name: string;
  readonly hostName: string;
  readonly bindings: readonly Binding[];
  /** Its fixed addresses, on whatever network. */
  readonly addresses: readonly string[];
}

/** What a container that is about to be made needs for itself alone, as the provider is told. */
export interface Needs {
  readonly name: string;
  readonly hostName: string;
  readonly bindings: readonly Binding[];
  readonly addresses: readonly { readonly network: string; readonly address: string }[];
  /** Volumes that it writes to. */
  readonly volumes: readonly string[];
}

/** A container of another component of this deployment that has what is needed, and that the program gives it no more. */
export interface Release {
  readonly holder: HostContainer;
  /** Such as `port 127.0.0.1:8080/tcp`. */
  readonly what: string;
}

/**
 * The containers that must let go of something before another one can be made: their component is gone from the program, or
 * gave that up. What is declared by now counts.
 */
export function releases(
  needs: Needs,
  containers: readonly HostContainer[],
  identity: string,
  declared: readonly Declared[],
): Release[] {
  return containers
    .filter((each) => isOwn(each, identity) && each.of !== needs.name)
    .flatMap((holder) => {
      const owner = declared.find(({ name }) => name === holder.of);
      const what = isRunning(holder) ? heldBy(holder, owner, needs) : undefined;
      return what === undefined ? [] : [{ holder, what }];
    });
}

function heldBy(
  holder: HostContainer,
  owner: Declared | undefined,
  { bindings, addresses, volumes }: Needs,
): string | undefined {
  const wants = (binding: Binding): boolean => owner?.bindings.some((each) => clash(each, binding)) ?? false;
  const port = bindings.find((each) => holder.bindings.some((other) => clash(each, other)) && !wants(each));
  if (port !== undefined) return `port ${showBinding(port)}`;
  const address = addresses.find(
    (each) =>
      holder.addresses.some((other) => other.network === each.network && other.address === each.address) &&
      !(owner?.addresses.includes(each.address) ?? false),
  );
  if (address !== undefined) return `address ${address.address}`;
  // Two components that stay may share a volume on purpose; one that leaves must not write to it beside its successor.
  const volume =
    owner === undefined
      ? holder.volumes.find(({ name, readOnly }) => !readOnly && volumes.includes(name))
      : undefined;
  return volume && `volume ${volume.name}`;
}

/** Whoever has the name on the host that a container shall have, and is another component of this deployment. */
export function nameHolderOf(
  needs: Needs,
  containers: readonly HostContainer[],
  identity: string,
): HostContainer | undefined {
  return containers.find(
    (each) => each.name === needs.hostName && isOwn(each, identity) && each.of !== needs.name,
  );
}

/** What a container comes after: its own earlier ones, and what it takes over. */
export interface Lineage {
  readonly owner: Owner;
  readonly name: string;
  readonly hostName: string;
  /** Undefined where nothing is taken over; else also by what labels Docker Compose finds its container. */
  readonly takesOver: ComposeIdentity | undefined;
  /** The names on the host of raw resources that it was before. */
  readonly formerly: readonly string[];
}

/** The containers on the host that a component's container comes after, those of other makers only where it takes them over. */
export function predecessors(
  containers: readonly HostContainer[],
  identity: string,
  { owner, name, hostName, takesOver, formerly }: Lineage,
): HostContainer[] {
  const compose = takesOver && Object.entries(takesOver);
  return containers.filter((each) => {
    if (isOwn(each, identity)) return each.of === name;
    if (compose === undefined) return false;
    return (
      each.name === hostName ||
      formerly.includes(each.name) ||
      (isOfStack(each.labels, owner) && each.of === name) ||
      (isOfCompose(each.labels, owner.scope) &&
        compose.every(([label, value]) => each.labels[label] === value))
    );
  });
}

export function isRunning({ state }: HostContainer): boolean {
  return state !== "exited" && state !== "created" && state !== "dead";
}

/** The containers of one component, by what they are to the next one. */
export interface Generations {
  /** It has the name, or is the oldest of those that run: what serves. */
  readonly serving: readonly HostContainer[];
  /** What an interrupted or failed attempt made and nobody is led to. */
  readonly attempts: readonly HostContainer[];
  /** Kept, stopped, for their logs. */
  readonly kept: readonly HostContainer[];
}

/** @param live the containers of one component, those that it takes over among them */
export function generationsOf(
  live: readonly HostContainer[],
  hostName: string,
  identity: string,
): Generations {
  const kept = live.filter((each) => isKeptFailure(each, hostName));
  const rest = live.filter((each) => !kept.includes(each));
  const adopted = rest.filter((each) => !isOwn(each, identity));
  const own = rest.filter((each) => isOwn(each, identity)).sort((a, b) => a.created - b.created);
  const named = own.find(({ name }) => name === hostName);
  const first = named ?? (adopted.length > 0 ? undefined : (own.find(isRunning) ?? own[0]));
  const serving = [...adopted, ...(first === undefined ? [] : [first])];
  return { serving, attempts: own.filter((each) => each !== first), kept };
}
