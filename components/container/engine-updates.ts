/** Settings without a provider input, which the Engine's update call sets right after the creation of a container. */

/** With the field names of the Engine API. */
export interface EngineUpdates {
  /** The maximum number of processes and threads; -1 for no limit. */
  readonly PidsLimit?: number;
}

/** The settings that differ from the declaration, as text; undefined without a difference. */
export function updateDrift(name: string, wanted: EngineUpdates, found: EngineUpdates): string | undefined {
  const keys = Object.keys(wanted) as (keyof EngineUpdates)[];
  const differing = keys.filter((key) => wanted[key] !== found[key]);
  if (differing.length === 0) return undefined;
  const each = differing.map(
    (key) => `${key} ${String(found[key] ?? "none")} instead of ${String(wanted[key])}`,
  );
  return `${name} has ${each.join(" and ")}; it is replaced`;
}
