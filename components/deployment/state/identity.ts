import { randomUUID } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { claims } from "../../core/claims";
import { knownOf } from "../../core/later";
import { failureText } from "../../core/text/failure-report";

/** The name of the resource that stores it. Part of a URN: changing it loses the ownership of all objects. */
const NAME = "dockwright";

/**
 * The identity of the stack: a random id that its first `up` stores in the state and later runs read. It is a label on
 * every object of the stack, so that objects of another state with the same names are not confused with its own.
 *
 * It is a promise, not an Output: labels must not depend on the resource, so that `--target` does not have to include it.
 */
export function stackIdentity(): Promise<string> {
  return stashed().identity;
}

/**
 * Whether the stack's state can be read. The engine of this SDK crashes where there is none, which is so in a preview before the
 * first `up`. In the first `up`, a backend of files has saved the identity by then; of a service, that is not certain.
 */
export async function hasState(): Promise<boolean> {
  return (await stashed().isKept) || (!pulumi.runtime.isDryRun() && savesEachStep());
}

/** All backends but a service have this organization. */
function savesEachStep(): boolean {
  // eslint-disable-next-line no-restricted-properties -- a setting of Pulumi itself
  return pulumi.getOrganization() === "organization" && process.env["PULUMI_SKIP_CHECKPOINTS"] !== "true";
}

interface Stashed {
  readonly identity: Promise<string>;
  readonly isKept: Promise<boolean>;
}

function stashed(): Stashed {
  const known = claims<Stashed>("identity");
  const [first] = known;
  if (first !== undefined) return first;
  // One resource for the whole stack, without a parent component and with a fixed name.
  /* eslint-disable dockwright/child-has-parent, dockwright/child-name-from-name -- see above */
  const fresh = randomUUID();
  const stash = new pulumi.Stash(
    NAME,
    { input: fresh },
    // The first value is kept.
    { ignoreChanges: ["input"] },
  );
  /* eslint-enable dockwright/child-has-parent, dockwright/child-name-from-name */
  const identity = read(stash);
  const isKept = identity.then((value) => value !== fresh);
  // Its users receive the error.
  isKept.catch(() => undefined);
  const made = { identity, isKept };
  known.push(made);
  return made;
}

async function read(stash: pulumi.Stash): Promise<string> {
  const value = await knownOf<unknown>(stash.output);
  if (typeof value === "string") return value;
  const urn = String(await knownOf(stash.urn));
  throw new pulumi.RunError(
    failureText({
      what: "this stack",
      why: "it has no identity yet: the first up creates one, but --target excludes it",
      now: "nothing was changed",
      next: `pulumi up without --target; or include it: --target '${urn}'`,
    }),
  );
}
