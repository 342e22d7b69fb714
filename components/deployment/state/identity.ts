import { randomUUID } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { claims } from "../../core/claims";
import { knownOf } from "../../core/later";
import { failureText } from "../../container/health/evidence";

/** The name of the resource that keeps it. Part of a URN: to change it is to disown all that runs. */
const NAME = "dockwright";

/**
 * The identity of the stack: a random word that its first `up` stores in its state, and that every later run reads there. Stands
 * as a label on all that the stack makes, so that what another state made under the same names is not taken for its own.
 *
 * It is a promise and no Output: labels made of it must not depend on the resource, which `--target` need not name.
 */
export function stackIdentity(): Promise<string> {
  return stashed().identity;
}

/** False in the first `up` of a stack, and before it: there is no state that could be asked. */
export function hasState(): Promise<boolean> {
  return stashed().isKept;
}

interface Stashed {
  readonly identity: Promise<string>;
  readonly isKept: Promise<boolean>;
}

function stashed(): Stashed {
  const known = claims<Stashed>("identity");
  const [first] = known;
  if (first !== undefined) return first;
  // The stack's own, one for all of its components: none of them is its parent, and none gives it a name.
  /* eslint-disable dockwright/child-has-parent, dockwright/child-name-from-name -- see above */
  const fresh = randomUUID();
  const stash = new pulumi.Stash(
    NAME,
    { input: fresh },
    // The first value stays for good.
    { ignoreChanges: ["input"] },
  );
  /* eslint-enable dockwright/child-has-parent, dockwright/child-name-from-name */
  const identity = read(stash);
  const isKept = identity.then((value) => value !== fresh);
  // Whoever needs it hears of the failure.
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
