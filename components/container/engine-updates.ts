/** Settings of a container that the provider has no input for, and the Engine's update call sets right after its creation. */

/** In the words of the Engine's API. */
export interface EngineUpdates {
  /** Most processes and threads; -1 for no limit. */
  readonly PidsLimit?: number;
}

/** What is set on the host otherwise than declared, for people; undefined where nothing is. */
export function updateDrift(name: string, wanted: EngineUpdates, found: EngineUpdates): string | undefined {
  const keys = Object.keys(wanted) as (keyof EngineUpdates)[];
  const differing = keys.filter((key) => wanted[key] !== found[key]);
  if (differing.length === 0) return undefined;
  const each = differing.map(
    (key) => `${key} ${String(found[key] ?? "none")} instead of ${String(wanted[key])}`,
  );
  return `${name} has ${each.join(" and ")}; it is replaced`;
}
