/** External objects of a Compose file that are missing on the host. */

import type { Conflict } from "../../deployment/plan/conflict";
import type { HostView } from "../../deployment/look/host-view";

export function externalConflicts(
  view: HostView,
  project: string,
  kind: "network" | "volume",
  hostName: string,
): Conflict[] {
  const there = view[`${kind}s`].some(({ name }) => name === hostName);
  if (there) return [];
  return [
    {
      what: `compose project "${project}"`,
      why: `the external ${kind} ${hostName} is not on the host`,
      next: `docker ${kind} create ${hostName}, or correct its name in the Compose file`,
    },
  ];
}
