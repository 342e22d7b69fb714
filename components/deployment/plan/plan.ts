/** Which container must release what for which other one, decided from the declarations and the host. Pure. */

import { isOfStack, isOwn } from "../look/host-view";
import { type ComposeIdentity, isOfCompose } from "../look/labels";
import { isKeptFailure, type HostContainer } from "../../container/live";
import { type Binding, clash, showBinding } from "../../container/ports/port";

import type { Owner } from "../../core/names";

/** The names, ports and addresses of one container of the program. */
export interface Declared {
  readonly name: string;
  readonly hostName: string;
  readonly bindings: readonly Binding[];
  /** Its fixed addresses on all networks. */
  readonly addresses: readonly string[];
  /** Project and name of its service; a service can have several containers. */
  readonly service?: string | undefined;
}

/** The exclusive needs of a container that is about to be created, from its provider inputs. */
export interface Needs {
  readonly name: string;
  readonly hostName: string;
  readonly bindings: readonly Binding[];
  readonly addresses: readonly { readonly network: string; readonly address: string }[];
  /** The volumes that it writes to. */
  readonly volumes: readonly string[];
}

/** A container of another component of this deployment that holds something it no longer declares. */
export interface Release {
  readonly holder: HostContainer;
  /** Such as `port 127.0.0.1:8080/tcp`. */
  readonly what: string;
}

/**
 * The containers that must release something before another one can be created: their component is no longer in the program, or no
 * longer declares it. Based on what is declared so far.
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

/**
 * What the running containers of one component hand over to others of the program, possibly before its own new container is
 * ready.
 */
export function releasesFor(
  live: readonly HostContainer[],
  { name }: Pick<Declared, "name">,
  declared: readonly Declared[],
  identity: string,
): { readonly what: string; readonly to: string }[] {
  const networks = live.flatMap(({ addresses }) => addresses.map(({ network }) => network));
  return declared
    .filter((other) => other.name !== name)
    .flatMap(({ addresses, ...other }) => {
      const wanted = networks.flatMap((network) => addresses.map((address) => ({ network, address })));
      const needs: Needs = { ...other, addresses: wanted, volumes: [] };
      return releases(needs, live, identity, declared).map(({ what }) => ({ what, to: other.name }));
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
  // Two declared components can share a volume deliberately; a removed one must not write to it next to its successor.
  const volume =
    owner === undefined
      ? holder.volumes.find(({ name, readOnly }) => !readOnly && volumes.includes(name))
      : undefined;
  return volume && `volume ${volume.name}`;
}

/** The container of another component of this deployment that has the required name on the host. */
export function nameHolderOf(
  needs: Needs,
  containers: readonly HostContainer[],
  identity: string,
): HostContainer | undefined {
  return containers.find(
    (each) => each.name === needs.hostName && isOwn(each, identity) && each.of !== needs.name,
  );
}

/** The predecessors of a container: earlier ones of its component, and those it takes over. */
export interface Lineage {
  readonly owner: Owner;
  readonly name: string;
  readonly hostName: string;
  /** Undefined without a takeover; otherwise the labels by which Docker Compose identifies its container. */
  readonly takesOver: ComposeIdentity | undefined;
  /** The host names of raw resources that it replaces. */
  readonly formerly: readonly string[];
  /** The names that its component had before, by its aliases; another component may have none of them. */
  readonly renamedFrom?: readonly string[];
}

/** The predecessors of a component's container on the host; unmanaged ones only with a takeover. */
export function predecessors(
  containers: readonly HostContainer[],
  identity: string,
  { owner, name, hostName, takesOver, formerly, renamedFrom = [] }: Lineage,
): HostContainer[] {
  const compose = takesOver && Object.entries(takesOver);
  return containers.filter((each) => {
    if (isOwn(each, identity)) return each.of === name || renamedFrom.includes(each.of);
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

/** Project and name of a container's service, from its labels. */
export function serviceOf(labels: Readonly<Record<string, unknown>>): string | undefined {
  const [project, service] = ["project", "service"].map((key) => labels[`com.docker.compose.${key}`]);
  return typeof service === "string" ? `${typeof project === "string" ? project : ""}/${service}` : undefined;
}

export function isRunning({ state }: HostContainer): boolean {
  return state !== "exited" && state !== "created" && state !== "dead";
}

/** The containers of one component by role. */
export interface Generations {
  /** The serving one: it has the name, or is the oldest running one. */
  readonly serving: readonly HostContainer[];
  /** Created by an interrupted or failed attempt, without traffic. */
  readonly attempts: readonly HostContainer[];
  /** Kept, stopped, for their logs. */
  readonly kept: readonly HostContainer[];
}

/** @param live the containers of one component, including those that it takes over */
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
