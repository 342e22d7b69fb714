import { claims } from "../core/claims";

/** A name for the hooks of one resource: unique in the run, and good to read where the engine prints it. */
export function hookKey(kind: string, name: string): string {
  const keys = claims<string>("hook keys");
  const text = kind === "container" ? name : `${kind} ${name}`;
  const twins = keys.filter((each) => each === text).length;
  keys.push(text);
  return twins === 0 ? text : `${text} (${String(twins + 1)})`;
}
