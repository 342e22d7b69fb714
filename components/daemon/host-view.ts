import type Docker from "dockerode";

import type { HostView } from "../values/host-view";
import type { Binding } from "../values/port";
import { lookAround } from "./here";

/** All that a program must know of a host before it puts something there, in five questions to the Engine. */
export async function viewHost(engine: Docker): Promise<HostView> {
  const [containers, networks, volumes, info, version] = await Promise.all([
    engine.listContainers({ all: true }),
    engine.listNetworks(),
    engine.listVolumes(),
    engine.info() as Promise<Info>,
    engine.version(),
  ]);
  const local = (engine.modem as { socketPath?: string }).socketPath !== undefined;
  return {
    containers: containers.map(({ Id, Names, Labels, Ports, NetworkSettings }) => ({
      id: Id,
      name: (Names[0] ?? "").replace(/^\//, ""),
      labels: Labels,
      networks: Object.keys(NetworkSettings.Networks),
      bindings: Ports.flatMap(({ IP, PrivatePort, PublicPort, Type }) =>
        // What is not published has no port of the host.
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
    })),
    networks: networks.map(({ Name, Labels, IPAM }) => ({
      name: Name,
      labels: Labels ?? {},
      subnets: (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet])),
    })),
    volumes: volumes.Volumes.map(({ Name, Labels }) => ({
      name: Name,
      labels: (Labels as Record<string, string> | null) ?? {},
    })),
    engine: {
      apiVersion: version.ApiVersion,
      cpus: info.NCPU,
      logDrivers: info.Plugins.Log ?? [],
      volumeDrivers: info.Plugins.Volume ?? [],
    },
    swarm:
      info.Swarm?.LocalNodeState === "active"
        ? { isManager: info.Swarm.ControlAvailable === true, nodes: info.Swarm.Nodes ?? 1 }
        : undefined,
    here: local ? lookAround(info.DockerRootDir) : undefined,
  };
}

interface Info {
  readonly NCPU: number;
  readonly DockerRootDir: string;
  readonly Swarm?: {
    readonly LocalNodeState: string;
    readonly ControlAvailable?: boolean;
    readonly Nodes?: number;
  };
  readonly Plugins: { readonly Log?: string[] | null; readonly Volume?: string[] | null };
}
