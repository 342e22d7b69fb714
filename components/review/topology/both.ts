/** Merges the parts of a container before and after the change into one list, marked as added or removed. */

import type { Change } from "./model";

export function both<T extends { readonly change: Change }>(
  before: readonly T[],
  after: readonly T[],
  container: Change,
  keyOf: (item: T) => string,
): T[] {
  // The parts of a new or removed container are added or removed with it.
  if (container === "added") return unique(after, keyOf).map((each) => ({ ...each, change: "added" }));
  if (container === "removed") return unique(before, keyOf).map((each) => ({ ...each, change: "removed" }));
  const [old, now] = [unique(before, keyOf), unique(after, keyOf)];
  const has = (list: readonly T[], item: T): boolean => list.some((each) => keyOf(each) === keyOf(item));
  return [
    ...now.map((each) => ({ ...each, change: has(old, each) ? ("same" as const) : ("added" as const) })),
    ...old.filter((each) => !has(now, each)).map((each) => ({ ...each, change: "removed" as const })),
  ];
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((each) => [keyOf(each), each])).values()];
}
