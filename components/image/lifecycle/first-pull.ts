/** The pull of an image from a registry that Docker has a login for. */

import type * as pulumi from "@pulumi/pulumi";

import { hasImage } from "../engine/builds";
import { pullImage } from "../engine/pull";
import { dockerLogin } from "../../registry/engine";
import { failureText } from "../../core/text/failure-report";

import type { Deployment } from "../../deployment/deployment";
import { resourceHook } from "../../deployment/hooks";
import { notThere } from "../not-there";
import { pullRemedy } from "../pull-remedy";

/**
 * Pulls the image right before its resource is created, which then finds it on the host. The provider has no access to the logins
 * of Docker, and one in its settings would be in the state.
 */
export function pullHook(run: Deployment, key: string, name: string): pulumi.ResourceHook {
  return resourceHook(run, `${key}: pull`, async ({ newInputs }) => {
    const reference: unknown = newInputs?.["name"];
    if (typeof reference !== "string" || (await hasImage(run.engine, reference))) return;
    const found = await dockerLogin(reference);
    // Without a login the provider pulls.
    if (found.login === undefined && found.why === undefined) return;
    try {
      await pullImage(run.engine, reference, found);
    } catch (error) {
      const undone = await run.fail(`image "${name}"`);
      const why = (error as Error).message;
      throw new Error(
        failureText({
          what: `image "${name}"`,
          why: `${reference} could not be pulled: ${why}`,
          now: notThere(reference, undone),
          next: `${pullRemedy(reference, why)}; then run pulumi up again`,
        }),
      );
    }
  });
}
