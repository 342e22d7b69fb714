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
            why: `its Engine has API ${engine.apiVersion}, and dockwright requires ${OLDEST_API} (Docker Engine 20.10)`,
            next: "update Docker there",
          },
        ]
      : []),
    ...(disk !== undefined && disk.freeMiB < LEAST_MIB
      ? [
          {
            what: "docker host",
            why: `${String(disk.freeMiB)} MiB are free at ${disk.path}, and containers do not start reliably with less than ${String(LEAST_MIB)}`,
            next: "free disk space (docker system df shows the usage; docker image prune, then docker builder prune, remove unused data)",
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
