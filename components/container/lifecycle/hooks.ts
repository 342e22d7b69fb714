import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";

import { announceReplacement } from "./announce";
import type { Replacement } from "./replacement";

/**
 * What the engine calls around the creation of a container. Create and error hooks only: a delete hook would break a plain
 * `pulumi destroy`. Bound to the run: the engine calls them from outside of it, where a log would not reach the engine.
 */
export function replacementHooks(replacement: Replacement, key: string): pulumi.ResourceHookBinding {
  return {
    beforeCreate: [
      new pulumi.ResourceHook(
        // A review reads the order here.
        `start of ${key}, ${replacement.plan.order}`,
        AsyncResource.bind((args: pulumi.ResourceHookArgs) =>
          pulumi.runtime.isDryRun() ? announceReplacement(replacement, args) : replacement.before(args),
        ),
        { onDryRun: true },
      ),
    ],
    afterCreate: [
      new pulumi.ResourceHook(
        `readiness of ${key}`,
        AsyncResource.bind((args: pulumi.ResourceHookArgs) => replacement.after(args)),
      ),
    ],
    onError: [
      new pulumi.ErrorHook(
        `creation of ${key}`,
        AsyncResource.bind((args: pulumi.ErrorHookArgs) => replacement.createFailed(args)),
      ),
    ],
  };
}
