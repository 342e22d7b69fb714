import type Docker from "dockerode";

import { isOwn } from "../deployment/look/host-view";
import { identityLabel } from "../deployment/look/labels";
import { isMissing } from "../engine/errors";

/** The id of a network with any owner; undefined if there is none. */
export async function networkId(engine: Docker, name: string): Promise<string | undefined> {
  return (await networksNamed(engine, name))[0]?.Id;
}

/**
 * Removes our own network of that name, left by an interrupted update, before a new one is created. Returns
 * the labels of another holder of the name; undefined if it is free.
 */
export async function makeRoom(
  engine: Docker,
  identity: string,
  name: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const [holder] = await networksNamed(engine, name);
  if (holder === undefined) return undefined;
  const labels = holder.Labels ?? {};
  if (!isOwn({ labels }, identity)) return labels;
  // A load balancer of a swarm is not a container.
  const members = Object.keys((await membersOf(engine, holder.Id)) ?? {}).filter(
    (id) => !id.startsWith("lb-"),
  );
  for (const id of members) await engine.getNetwork(holder.Id).disconnect({ Container: id, Force: true });
  await engine.getNetwork(holder.Id).remove();
  return undefined;
}

/** The names of unmanaged containers on a network. */
export async function strangersOn(engine: Docker, identity: string, name: string): Promise<string[]> {
  const members = (await membersOf(engine, name)) ?? {};
  const own = await engine.listContainers({
    all: true,
    filters: { label: [`${identityLabel}=${identity}`] },
  });
  return Object.entries(members)
    .filter(([id]) => !own.some(({ Id }) => Id === id))
    .map(([, member]) => member.Name);
}

/** The Engine does not name the overlapping network: all networks with a subnet are listed. */
export async function rangesInUse(engine: Docker): Promise<string[]> {
  const listed = await engine.listNetworks();
  return listed.flatMap(({ Name, IPAM }) =>
    (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [`${Name} ${Subnet}`])),
  );
}

/** The Engine treats a name as a pattern. */
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
