/** The references between the resources of a preview. */

import type { State } from "../../step";

/** Every text by which others can refer to a resource: its id and its name. */
export function referencesTo(state: State | undefined): string[] {
  if (state === undefined) return [];
  const { id, inputs, outputs } = state;
  const all: unknown[] = [id, outputs["id"], outputs["name"], inputs["name"]];
  return all.filter((each): each is string => typeof each === "string" && each !== "" && !isUnknown(each));
}

/** The placeholder for a value that is known after the update. */
export function isUnknown(value: string): boolean {
  return value === "[unknown]";
}
