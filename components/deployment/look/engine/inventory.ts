/** The running containers of a host, as the Engine returns them for inspect. Nothing is changed. */

import type Docker from "dockerode";

import type { HostInventory } from "../host-inventory";

import { isMissing } from "../../../engine/errors";

/** All running containers with images, networks and volumes; objects that are removed in the meantime are omitted. */
export async function inventory(engine: Docker): Promise<HostInventory> {
  const [listed, networks, { Volumes }, info] = await Promise.all([
    engine.listContainers(),
    engine.listNetworks(),
    engine.listVolumes(),
    engine.info() as Promise<Info>,
  ]);
  const containers = await there(listed.map(({ Id }) => engine.getContainer(Id).inspect()));
  const images = await there(
    [...new Set(containers.map(({ Image }) => Image))].map((id) => engine.getImage(id).inspect()),
  );
  const known = { containers, images, networks, volumes: Volumes, memoryBytes: info.MemTotal };
  if (info.Swarm?.ControlAvailable !== true) return known;
  const [services, nodes] = await Promise.all([engine.listServices(), engine.listNodes()]);
  return { ...known, services, nodes };
}

interface Info {
  readonly MemTotal: number;
  readonly Swarm?: { readonly ControlAvailable?: boolean };
}

async function there<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  const answers = await Promise.all(
    asked.map((each) =>
      each.catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      }),
    ),
  );
  return answers.filter((each): each is Awaited<typeof each> & T => each !== undefined);
}
