/** Keeps the context of a typed Dockerfile on disk only during the build. */

import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";

import { failureText } from "../../core/text/failure-report";
import type { StagedContext } from "../context/disk/stage";

/** Hooks of the image; its error hook must also call `remove`. */
export function stagingHooks(
  key: string,
  what: string,
  staged: StagedContext | undefined,
): pulumi.ResourceHookBinding {
  if (staged === undefined) return {};
  const write = ({ newInputs }: pulumi.ResourceHookArgs): void => {
    // The build already exists on the host.
    if (newInputs?.["build"] === undefined) return;
    try {
      staged.write();
    } catch (error) {
      staged.remove();
      throw new Error(
        failureText({
          what,
          why: `its build context could not be copied to ${staged.folder}: ${error instanceof Error ? error.message : String(error)}`,
          now: "nothing was built; running containers were not changed",
          next: "correct the cause, then run pulumi up again",
        }),
      );
    }
  };
  // Bound to this run: the engine calls hooks outside it.
  return {
    beforeCreate: [new pulumi.ResourceHook(`build context of ${key}`, AsyncResource.bind(write))],
    afterCreate: [
      new pulumi.ResourceHook(
        `removal of the build context of ${key}`,
        AsyncResource.bind(() => {
          staged.remove();
        }),
      ),
    ],
  };
}
