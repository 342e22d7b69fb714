/** Conflicts of a container on its host. */

import type { Owner } from "../core/names";
import type { Conflict } from "../deployment/plan/conflict";
import type { ContainerArgs } from "./args";
import { adoptRemedy, type Here, type HostView, isOwn, ownerOf } from "../deployment/look/host-view";
import { isLoopback, isWildcard } from "../network/ip-address";
import type { HostContainer } from "./live";
import { clash, showBinding } from "./ports/port";
import type { Claim } from "./ports/published";

const FREE_A_PORT = "free that port or choose another";

/** What a container needs of its host. */
export interface Wanted {
  /** Such as `container "web"`. */
  readonly what: string;
  readonly owner: Owner;
  readonly claim: Claim;
  /** Whether it takes a container over that created by an unknown owner. */
  readonly takenOver: (container: HostContainer) => boolean;
  readonly args: Pick<ContainerArgs, "cpus" | "cpuSet" | "logging" | "mounts">;
}

type Found = Omit<Conflict, "what">;

export async function containerConflicts(view: HostView, wanted: Wanted): Promise<Conflict[]> {
  const found = [
    ...nameConflicts(view, wanted),
    ...(await portConflicts(view, wanted)),
    ...cpuConflicts(view, wanted),
    ...loggingConflicts(view, wanted),
    ...bindConflicts(view, wanted),
  ];
  return found.map((each) => ({ what: wanted.what, ...each }));
}

function nameConflicts(view: HostView, wanted: Wanted): Found[] {
  const { owner, claim } = wanted;
  const holder = view.containers.find(
    (each) => each.name === claim.hostName && isForeign(view, each, wanted),
  );
  if (holder === undefined) return [];
  const other = ownerOf(holder.labels, owner);
  return [
    {
      why: `the name ${claim.hostName} on the host belongs to container ${holder.id.slice(0, 12)}, created by ${other}`,
      next: adoptRemedy(
        owner,
        holder.labels,
        `docker rename ${claim.hostName} another-name (or remove it, if it is yours); or give this one another name: name: "..."`,
      ),
    },
  ];
}

async function portConflicts(view: HostView, wanted: Wanted): Promise<Found[]> {
  const { containers, here } = view;
  const { owner, claim } = wanted;
  const found = await Promise.all(
    claim.bindings.map(async (binding): Promise<Found[]> => {
      const holders = containers.filter(({ bindings }) => bindings.some((each) => clash(each, binding)));
      const other = holders.find((each) => isForeign(view, each, wanted));
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
            next: `choose one of ${here.addresses.join(", ")}, or leave address out`,
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

/** True for a container that this deployment neither made nor takes over. */
function isForeign(view: HostView, each: HostContainer, { takenOver }: Wanted): boolean {
  return !isOwn(each, view.identity) && !takenOver(each);
}

/** All of 127.0.0.0/8 is this machine; 0.0.0.0 is each of its addresses. */
function isAddress({ addresses }: Here, address: string): boolean {
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
  // To keep no log needs no driver, and an Engine that lists none has not told.
  if (driver === undefined || driver === "none" || engine.logDrivers.length === 0) return [];
  if (engine.logDrivers.includes(driver)) return [];
  return [
    {
      why: `the host does not have the log driver ${driver}`,
      next: `choose one of ${engine.logDrivers.join(", ")}, or docker plugin install ${driver}`,
    },
  ];
}

function bindConflicts({ here }: HostView, { args: { mounts = [] } }: Wanted): Found[] {
  return mounts.flatMap((mount) =>
    "bind" in mount && here?.exists(mount.bind) === false
      ? [
          {
            why: `${mount.bind} does not exist on the host`,
            next: `mkdir -p ${mount.bind}, or correct the path`,
          },
        ]
      : [],
  );
}
