import type Docker from "dockerode";

import type { LiveSettings } from "../../../container/by-hand";
import { isMissing } from "../../../engine/errors";

import { generationLabel, type HostContainer } from "../../../container/live";
import type { Binding } from "../../../container/ports/port";

/** All containers of a host, running or not, in one Engine request. */
export async function hostContainers(engine: Docker): Promise<HostContainer[]> {
  return (await engine.listContainers({ all: true })).map(hostContainer);
}

/** The current inputs of a container; undefined if it does not exist. */
export async function settingsOf(engine: Docker, id: string): Promise<LiveSettings | undefined> {
  try {
    return (await engine.getContainer(id).inspect()).HostConfig as unknown as LiveSettings;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function hostContainer({
  Id,
  Names,
  Labels,
  State,
  Status,
  Created,
  Ports,
  Mounts,
  NetworkSettings,
}: Docker.ContainerInfo): HostContainer {
  const networks = Object.entries(NetworkSettings.Networks);
  return {
    id: Id,
    name: (Names[0] ?? "").replace(/^\//, ""),
    of: Labels["io.dockwright.name"] ?? "",
    state: State as HostContainer["state"],
    status: Status,
    created: Created,
    labels: Labels,
    generation: Labels[generationLabel],
    networkIds: networks.map(([, { NetworkID }]) => NetworkID),
    networks: networks.map(([name]) => name),
    addresses: networks.flatMap(([, { NetworkID, IPAMConfig }]) => {
      const address = (IPAMConfig as { IPv4Address?: string } | null | undefined)?.IPv4Address;
      return address ? [{ network: NetworkID, address }] : [];
    }),
    volumes: Mounts.flatMap(({ Name, Destination, RW }) =>
      Name === undefined ? [] : [{ name: Name, path: Destination, readOnly: !RW }],
    ),
    bindings: Ports.flatMap(({ IP, PrivatePort, PublicPort, Type }) =>
      // An unpublished port has no host port.
      (PublicPort as number | undefined) === undefined
        ? []
        : [
            {
              address: IP,
              container: PrivatePort,
              host: PublicPort,
              protocol: Type as Binding["protocol"],
            },
          ],
    ),
  };
}
