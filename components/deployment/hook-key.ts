import { claims } from "../core/claims";

/** The resource name in hook names: unique in the run and readable, because the engine prints it in errors. */
export function hookKey(kind: string, name: string): string {
  const keys = claims<string>("hook keys");
  const text = kind === "container" ? name : `${kind} ${name}`;
  const twins = keys.filter((each) => each === text).length;
  keys.push(text);
  return twins === 0 ? text : `${text} (${String(twins + 1)})`;
}
