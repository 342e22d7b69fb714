/** Which volumes a container has, out of the inputs that its provider is given. */

import type { Bag } from "../core/untyped";
import { readContainer } from "./container";

/** How a review shows what is known only in an up. */
const UNKNOWN = "[unknown]";

/** A path whose volume is another one now, or none. */
export interface Unmounted {
  readonly path: string;
  readonly volume: string;
  readonly text: string;
}

/** @param before inputs or outputs */
export function unmounted(before: Bag, after: Bag): Unmounted[] {
  // Nothing can be said of what is known only in an up.
  if ([after["volumes"], after["mounts"]].some((each) => each !== undefined && !Array.isArray(each)))
    return [];
  const now = mountsOf(after);
  return [...mountsOf(before)].flatMap(([path, volume]) => {
    const other = now.get(path);
    if (other === volume || volume === "" || volume === undefined) return [];
    // The volume is there, and its name is not known yet.
    if (now.has(path) && other === undefined) return [];
    const text = `no longer mounts the volume ${volume} at ${path}${other === undefined ? "" : `, but ${other}`}`;
    return [{ path, volume, text }];
  });
}

function mountsOf(inputs: Bag): Map<string, string | undefined> {
  return new Map(
    readContainer(inputs).mounts.flatMap(({ kind, path, source }) =>
      kind === "volume" && source !== "" ? [[path, source === UNKNOWN ? undefined : source] as const] : [],
    ),
  );
}
