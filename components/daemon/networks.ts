import type Docker from "dockerode";

import { generationLabel } from "../values/live-container";

import type { Owner } from "../internal/names";
import { isOfStack, ownerOf } from "../values/host-view";
import { isOfCompose } from "../values/labels";
import { isMissing } from "./ready";

/** A network as the Engine lists it. */
export interface LiveNetwork {
  readonly id: string;
  readonly name: string;
  /** The name of its component. */
  readonly of: string;
  readonly generation: string | undefined;
}

/** All networks of one stack. */
export async function ownNetworks(engine: Docker, { project, stack }: Owner): Promise<LiveNetwork[]> {
  const listed = await engine.listNetworks({
    filters: { label: [`io.dockwright.project=${project}`, `io.dockwright.stack=${stack}`] },
  });
  return listed.map(({ Id, Name, Labels = {} }) => ({
    id: Id,
    name: Name,
    of: Labels["io.dockwright.name"] ?? "",
    generation: Labels[generationLabel],
  }));
}

/** The id of a network, whoever made it; undefined where there is none. */
export async function networkId(engine: Docker, name: string): Promise<string | undefined> {
  return (await networksNamed(engine, name))[0]?.Id;
}

/** The id of the network of a name that `docker compose` made in a Compose project; undefined where there is none. */
export async function composeNetwork(
  engine: Docker,
  composeProject: string,
  name: string,
): Promise<string | undefined> {
  const listed = await networksNamed(engine, name);
  return listed.find(({ Labels = {} }) => isOfCompose(Labels, composeProject))?.Id;
}

/**
 * Makes room for a network that is about to be made: one of that name that is our own is left of an interrupted update.
 * Answers who else has the name; undefined where it is free.
 */
export async function makeRoom(engine: Docker, owner: Owner, name: string): Promise<string | undefined> {
  const [holder] = await networksNamed(engine, name);
  if (holder === undefined) return undefined;
  const labels = holder.Labels ?? {};
  if (!isOfStack(labels, owner)) return ownerOf(labels);
  // A balancer of a swarm is no container.
  const members = Object.keys((await membersOf(engine, holder.Id)) ?? {}).filter(
    (id) => !id.startsWith("lb-"),
  );
  for (const id of members) await engine.getNetwork(holder.Id).disconnect({ Container: id, Force: true });
  await engine.getNetwork(holder.Id).remove();
  return undefined;
}

/** The names of the containers on a network that are not of this stack. */
export async function strangersOn(engine: Docker, owner: Owner, name: string): Promise<string[]> {
  const members = (await membersOf(engine, name)) ?? {};
  const own = await engine.listContainers({
    all: true,
    filters: { label: [`io.dockwright.project=${owner.project}`, `io.dockwright.stack=${owner.stack}`] },
  });
  return Object.entries(members)
    .filter(([id]) => !own.some(({ Id }) => Id === id))
    .map(([, member]) => member.Name);
}

/** The networks whose range overlaps are not told by the Engine: all that have one are named with it. */
export async function rangesInUse(engine: Docker): Promise<string[]> {
  const listed = await engine.listNetworks();
  return listed.flatMap(({ Name, IPAM }) =>
    (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [`${Name} ${Subnet}`])),
  );
}

/** The Engine takes a name for a pattern. */
function networksNamed(engine: Docker, name: string) {
  return engine.listNetworks({ filters: { name: [`^${name}$`] } });
}

async function membersOf(engine: Docker, network: string) {
  try {
    const { Containers } = (await engine.getNetwork(network).inspect()) as {
      Containers?: Record<string, { Name: string }>;
    };
    return Containers;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
