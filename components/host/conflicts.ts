/** Conflicts that make a whole host unusable. */

import { FREE_DISK_SPACE } from "../core/text/failure-report";
import type { Conflict } from "../deployment/plan/conflict";
import type { HostView } from "../deployment/look/host-view";

/** The API version of Docker Engine 20.10; before it, network names are not unique. */
const OLDEST_API = "1.41";
/** The minimum free disk space: container layers and logs need some, and Docker fails halfway without it. */
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
            next: FREE_DISK_SPACE,
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
