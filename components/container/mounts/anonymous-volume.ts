/** Data below a path that an image declares as VOLUME, or a Compose file mounts without a name. */

import { createHash } from "node:crypto";

/** The paths of these that none of the mounts covers. */
export function uncoveredPaths(declared: readonly string[], mounted: readonly string[]): string[] {
  const within = mounted.map((path) => path.replace(/\/$/, ""));
  return declared
    .map((path) => path.replace(/(.)\/$/, "$1"))
    .filter((path) => !within.some((each) => each === path || path.startsWith(`${each}/`)))
    .sort();
}

/** What names the volume that stands for an anonymous one in a Compose project: it stays the same when the container is replaced. */
export function anonymousKey(service: string, path: string, number: number): string {
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 12);
  return `${service}_${hash}_${String(number)}`;
}

/** True for the generated name of an anonymous volume. */
export function isAnonymous(volume: string): boolean {
  return /^[0-9a-f]{64}$/.test(volume);
}
