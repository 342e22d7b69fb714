import type Docker from "dockerode";

import type { HostView } from "../host-view";
import { lookAround } from "./here";
import { hostContainers } from "./containers";

/** Inspects a host before a run, with five Engine requests. */
export async function viewHost(engine: Docker): Promise<Omit<HostView, "identity">> {
  const [containers, networks, volumes, info, version] = await Promise.all([
    hostContainers(engine),
    engine.listNetworks(),
    engine.listVolumes(),
    engine.info() as Promise<Info>,
    engine.version(),
  ]);
  const local = (engine.modem as { socketPath?: string }).socketPath !== undefined;
  return {
    containers,
    networks: networks.map(({ Id, Name, Labels, IPAM }) => ({
      id: Id,
      name: Name,
      labels: Labels ?? {},
      subnets: (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet])),
    })),
    volumes: volumes.Volumes.map(({ Name, Labels, Driver, Options, ...more }) => ({
      name: Name,
      labels: (Labels as Record<string, string> | null) ?? {},
      driver: Driver,
      options: Options ?? {},
      createdAt: (more as { readonly CreatedAt?: string }).CreatedAt ?? "",
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
