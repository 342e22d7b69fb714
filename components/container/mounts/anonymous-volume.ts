/** Anonymous volumes: for a VOLUME path of an image, or an unnamed mount in a Compose file. */

import { createHash } from "node:crypto";

/** The VOLUME paths that no mount covers. */
export function uncoveredPaths(declared: readonly string[], mounted: readonly string[]): string[] {
  const within = mounted.map((path) => path.replace(/\/$/, ""));
  return declared
    .map((path) => path.replace(/(.)\/$/, "$1"))
    .filter((path) => !within.some((each) => each === path || path.startsWith(`${each}/`)))
    .sort();
}

/** The name of the volume that replaces an anonymous one in a Compose project: it is the same after a replacement. */
export function anonymousKey(service: string, path: string, number: number): string {
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 12);
  return `${service}_${hash}_${String(number)}`;
}

/** True for the generated name of an anonymous volume. */
export function isAnonymous(volume: string): boolean {
  return /^[0-9a-f]{64}$/.test(volume);
}
