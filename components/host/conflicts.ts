/** What makes a host unfit for anything. */

import type { Conflict } from "../deployment/plan/conflict";
import type { HostView } from "../deployment/look/host-view";

/** Of Docker Engine 20.10; before it, names of networks are not unique. */
const OLDEST_API = "1.41";
/** A container's own files and its log need some; Docker fails half-way without. */
const LEAST_MIB = 128;

export function hostConflicts({ engine, here }: HostView): Conflict[] {
  const disk = here?.disk;
  return [
    ...(isOlder(engine.apiVersion, OLDEST_API)
      ? [
          {
            what: "docker host",
            why: `its Engine speaks API ${engine.apiVersion}, and dockwright needs ${OLDEST_API} (Docker Engine 20.10)`,
            next: "update Docker there",
          },
        ]
      : []),
    ...(disk !== undefined && disk.freeMiB < LEAST_MIB
      ? [
          {
            what: "docker host",
            why: `${String(disk.freeMiB)} MiB are left at ${disk.path}, and no container starts reliably with less than ${String(LEAST_MIB)}`,
            next: "make room (docker system df shows what takes it; docker image prune, then docker builder prune, remove what nothing uses)",
          },
        ]
      : []),
  ];
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = than.split(".").map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
