/** Conflicts of a container on its host. */

import type { Owner } from "../core/names";
import type { Conflict } from "../deployment/plan/conflict";
import type { ContainerArgs } from "./args";
import { adoptRemedy, type Here, type HostView, isOwn, ownerOf } from "../deployment/look/host-view";
import { isLoopback, isWildcard } from "../network/ip-address";
import { ENGINE_DRIVER } from "./logging";
import type { HostContainer } from "./live";
import { type Binding, clash, showBinding } from "./ports/port";
import type { Claim } from "./ports/published";

const FREE_A_PORT = "free that port or choose another";

/** The requirements of a container on its host. */
export interface Wanted {
  /** Such as `container "web"`. */
  readonly what: string;
  readonly owner: Owner;
  readonly claim: Claim;
  /** Whether it takes over a container that is not managed by this stack. */
  readonly takenOver: (container: HostContainer) => boolean;
  readonly args: Pick<ContainerArgs, "cpus" | "cpuSet" | "logging" | "mounts">;
}

type Found = Omit<Conflict, "what">;

/** The names and ports of the host that are in use, and those that a container needs. */
export interface Contest {
  readonly owner: Owner;
  readonly containers: readonly HostContainer[];
  readonly hostName: string;
  readonly bindings: readonly Binding[];
  /** Facts that only a program on the same machine can read. */
  readonly here: Pick<Here, "isFree" | "addresses"> | undefined;
  /** True for a container that gives up its name or its ports. */
  readonly givesUp: { readonly name: Judge; readonly ports: Judge };
}

type Judge = (container: HostContainer) => boolean;

export async function containerConflicts(view: HostView, wanted: Wanted): Promise<Conflict[]> {
  const { owner, claim, takenOver } = wanted;
  // Conflicts between the deployment's own containers are resolved by the order of replacement.
  const isOurs: Judge = (each) => isOwn(each, view.identity) || takenOver(each);
  const contest: Contest = {
    owner,
    containers: view.containers,
    hostName: claim.hostName,
    bindings: claim.bindings,
    here: view.here,
    givesUp: { name: isOurs, ports: isOurs },
  };
  const found = [
    ...nameConflicts(contest),
    ...(await portConflicts(contest)),
    ...cpuConflicts(view, wanted),
    ...loggingConflicts(view, wanted),
    ...(await bindConflicts(view, wanted)),
  ];
  return found.map((each) => ({ what: wanted.what, ...each }));
}

export function nameConflicts({ owner, containers, hostName, givesUp }: Contest): Found[] {
  const holder = containers.find((each) => each.name === hostName && !givesUp.name(each));
  if (holder === undefined) return [];
  const other = ownerOf(holder.labels, owner);
  return [
    {
      why: `the name ${hostName} on the host belongs to container ${holder.id.slice(0, 12)}, created by ${other}`,
      next: adoptRemedy(
        owner,
        holder.labels,
        `docker rename ${hostName} another-name (or remove it, if it is yours); or give this one another name: name: "..."`,
      ),
    },
  ];
}

export async function portConflicts(contest: Contest): Promise<Found[]> {
  const { owner, containers, bindings: wanted, here, givesUp } = contest;
  const found = await Promise.all(
    wanted.map(async (binding): Promise<Found[]> => {
      const holders = containers.filter(({ bindings }) => bindings.some((each) => clash(each, binding)));
      const other = holders.find((each) => !givesUp.ports(each));
      const port = `port ${showBinding(binding)}`;
      if (other !== undefined)
        return [
          {
            why: `${port} belongs to container ${other.name} (${ownerOf(other.labels, owner)})`,
            next: FREE_A_PORT,
          },
        ];
      if (here !== undefined && !isAddress(here, binding.address))
        return [
          {
            why: `${port} is not available: ${binding.address} is not an address of the host`,
            next: `choose one of ${here.addresses.join(", ")}, or omit address`,
          },
        ];
      if (holders.length > 0 || here === undefined || (await here.isFree(binding))) return [];
      return [
        {
          why: `${port} belongs to a process outside Docker (ss -ltnp shows it)`,
          next: FREE_A_PORT,
        },
      ];
    }),
  );
  return found.flat();
}

/** 127.0.0.0/8 is this machine; 0.0.0.0 means all of its addresses. */
function isAddress({ addresses }: Pick<Here, "addresses">, address: string): boolean {
  return isLoopback(address) || isWildcard(address) || addresses.includes(address);
}

function cpuConflicts({ engine }: HostView, { args: { cpus, cpuSet } }: Wanted): Found[] {
  const has = `the host has ${String(engine.cpus)}`;
  const last = Math.max(...(typeof cpuSet === "string" ? (cpuSet.match(/\d+/g) ?? []) : []).map(Number));
  return [
    ...(typeof cpus === "number" && cpus > engine.cpus
      ? [{ why: `it needs ${String(cpus)} processors, and ${has}`, next: "lower cpus" }]
      : []),
    ...(last >= engine.cpus
      ? [{ why: `it needs processor ${String(last)} (counted from 0), and ${has}`, next: "correct cpuSet" }]
      : []),
  ];
}

function loggingConflicts({ engine }: HostView, { args: { logging } }: Wanted): Found[] {
  const driver = logging?.driver;
  // `none` needs no driver, and some Engines list no drivers.
  if (driver === undefined || ["none", ENGINE_DRIVER].includes(driver)) return [];
  if (engine.logDrivers.length === 0) return [];
  if (engine.logDrivers.includes(driver)) return [];
  return [
    {
      why: `the host does not have the log driver ${driver}`,
      next: `choose one of ${engine.logDrivers.join(", ")}, or docker plugin install ${driver}`,
    },
  ];
}

async function bindConflicts({ hasPath }: HostView, { args: { mounts = [] } }: Wanted): Promise<Found[]> {
  const required = mounts.flatMap((each) =>
    "bind" in each && each.createHostPath !== true ? [each.bind] : [],
  );
  return (await missingPaths(hasPath, required)).map((path) => ({
    why: `${path} does not exist on the host`,
    next: `mkdir -p ${path}, or correct the path`,
  }));
}

/** The paths that the host does not have, each once. */
export async function missingPaths(
  hasPath: HostView["hasPath"],
  paths: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(
    [...new Set(paths)].map(async (path) => ((await hasPath(path)) === false ? [path] : [])),
  );
  return found.flat();
}
