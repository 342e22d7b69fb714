/** Resources of the same stack that the program creates, or created, directly with the provider. */

import type { Conflict } from "../plan/conflict";
import type { Deployment } from "../deployment";
import { isRaw, type types } from "./recorded";

interface Question {
  /** Such as `volume "data"`. */
  readonly what: string;
  readonly type: (typeof types)[keyof typeof types];
  readonly hostName: string;
  /** The aliases of the component, as URNs. */
  readonly aliases: readonly string[];
}

/**
 * A conflict if a raw resource of this stack has the name on the host: Pulumi would remove the object when that resource
 * is removed from the program. An alias declares that it is the same object. Before the first `up` with a component
 * there is no state to check.
 */
export async function rawConflict(
  run: Deployment,
  { what, type, hostName, aliases }: Question,
): Promise<Conflict | undefined> {
  const found = (await run.recorded()).find(
    (each) => each.type === type && each.outputs["name"] === hostName && isRaw(each),
  );
  if (found === undefined || aliases.includes(found.urn)) return undefined;
  const { urn } = found;
  return {
    what,
    why: `${hostName} on the host belongs to ${urn} of this stack: Pulumi removes the object from the host when that resource is no longer in the program`,
    next: `to take it over unchanged, replace the raw resource by this component with { aliases: ["${urn}"] } in its options`,
  };
}

/** The host names of the raw containers that a component replaces. */
export async function rawNames(run: Deployment, aliases: readonly string[]): Promise<readonly string[]> {
  if (aliases.length === 0) return [];
  return (await run.recorded()).flatMap(({ urn, outputs }) =>
    aliases.includes(urn) && typeof outputs["name"] === "string" ? [outputs["name"]] : [],
  );
}
