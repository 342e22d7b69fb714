/** Reports in a preview that the tag of an image has moved. */

import type * as pulumi from "@pulumi/pulumi";

import { movedTag } from "../engine/moved-tag";

import { tell } from "../../core/tell";
import type { Deployment } from "../../deployment/deployment";

/** An `up` never follows a moved tag: its result must not depend on pushes of others or on the registry. */
export function tellMoved(
  run: Deployment,
  component: pulumi.Resource,
  name: string,
  references: readonly string[],
): void {
  for (const reference of references) {
    const known = run.movedTags.get(reference) ?? movedTag(run.engine, reference);
    run.movedTags.set(reference, known);
    void known.then(
      (moved) =>
        moved &&
        tell(
          "warn",
          `image "${name}": ${reference} has moved in its registry, from ${moved.from} to ${moved.to}; ` +
            `an up keeps using the first. To use the new one, write ${reference}@${moved.to}`,
          component,
        ),
    );
  }
}
