/** The volumes of a container, from its provider inputs. */

import type { Bag } from "../core/untyped";
import { readContainer } from "./container";

/** How a review shows values that are only known in an up. */
const UNKNOWN = "[unknown]";

/** A path with a different volume, or without a volume. */
export interface Unmounted {
  readonly path: string;
  readonly volume: string;
  readonly text: string;
}

/** @param before inputs or outputs */
export function unmounted(before: Bag, after: Bag): Unmounted[] {
  // Values that are only known in an up are ignored.
  if ([after["volumes"], after["mounts"]].some((each) => each !== undefined && !Array.isArray(each)))
    return [];
  const now = mountsOf(after);
  return [...mountsOf(before)].flatMap(([path, volume]) => {
    const other = now.get(path);
    if (other === volume || volume === "" || volume === undefined) return [];
    // There is a volume, but its name is not known yet.
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
