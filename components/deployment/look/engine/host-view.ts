import type Docker from "dockerode";

import { type HostView, isOwn } from "../host-view";
import { identityLabel } from "../labels";
import { hostContainers } from "./containers";
import { isLocal, lookAround } from "./here";
import { awaitStops } from "./stopping";
import { hasPath } from "../../../container/mounts/engine";

/**
 * Inspects a host at the start of a run: five requests to the Engine, and one more if containers of the deployment are running.
 * @param identity of the deployment, whose containers that are being stopped are awaited
 */
export async function viewHost(engine: Docker, identity: string): Promise<HostView> {
  const [listed, networks, volumes, info, version] = await Promise.all([
    hostContainers(engine),
    engine.listNetworks(),
    engine.listVolumes(),
    engine.info() as Promise<Info>,
    engine.version(),
  ]);
  const stopped =
    listed.some((each) => isOwn(each, identity) && each.state === "running") &&
    (await awaitStops(engine, `${identityLabel}=${identity}`, Date.parse(info.SystemTime)));
  const containers = stopped ? await hostContainers(engine) : listed;
  const local = isLocal(engine);
  return {
    identity,
    containers,
    networks: networks.map(({ Id, Name, Labels, IPAM }) => ({
      id: Id,
      name: Name,
      labels: Labels ?? {},
      subnets: (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet])),
      gateways: (IPAM?.Config ?? []).flatMap(({ Gateway }) => Gateway || []),
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
    hasPath: (path) => hasPath(engine, path),
    here: local ? lookAround(info.DockerRootDir) : undefined,
  };
}

interface Info {
  readonly NCPU: number;
  readonly SystemTime: string;
  readonly DockerRootDir: string;
  readonly Swarm?: {
    readonly LocalNodeState: string;
    readonly ControlAvailable?: boolean;
    readonly Nodes?: number;
  };
  readonly Plugins: { readonly Log?: string[] | null; readonly Volume?: string[] | null };
}
