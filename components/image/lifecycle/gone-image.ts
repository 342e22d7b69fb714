/** An image in the state that is missing on the host: removed manually, or by a killed run. */

import * as pulumi from "@pulumi/pulumi";

import { hasImage, pullAgain } from "../engine/builds";
import { failureText } from "../../core/text/failure-report";

import { tell } from "../../core/tell";
import type { Deployment } from "../../deployment/deployment";
import { failUpdate } from "../../deployment/fail";
import { types } from "../../deployment/state/recorded";

/** Whether an image of the state is missing on the host, both by name and by id. */
export async function isGone(run: Deployment, reference: string): Promise<boolean> {
  // A preview without the host must not show that as a change.
  if ((await run.view) === undefined || (await hasImage(run.engine, reference))) return false;
  const known = (await run.recorded()).find(
    ({ type, outputs }) => type === types.image && outputs["name"] === reference,
  );
  const id = known?.outputs["imageId"];
  return typeof id === "string" && !(await hasImage(run.engine, id));
}

/** The id of a pulled image once it is on the host: a removed image is pulled again by digest. */
export async function havePulled(
  run: Deployment,
  component: pulumi.Resource,
  name: string,
  { id, reference, digest }: { readonly id: string; readonly reference: string; readonly digest: string },
): Promise<string> {
  if ((await run.view) === undefined || id === "" || (await hasImage(run.engine, id))) return id;
  if (pulumi.runtime.isDryRun()) {
    await tell("warn", `image "${name}": ${reference} was removed manually; an up pulls it again`, component);
    return id;
  }
  try {
    return await pullAgain(run.engine, reference, digest);
  } catch (error) {
    const undone = await run.fail(`image "${name}"`);
    await failUpdate(
      component,
      name,
      failureText({
        what: `image "${name}"`,
        why: `${reference} was removed from the host and could not be pulled again: ${error instanceof Error ? error.message : String(error)}`,
        now: ["running containers were not changed", ...undone].join("; "),
        next: `check that docker pull ${reference} succeeds (after docker login, if the registry requires it), then run pulumi up again`,
      }),
    );
    return id;
  }
}
