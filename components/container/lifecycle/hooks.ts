import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";

import { announceReplacement } from "./announce";
import type { Replacement } from "./replacement";

/**
 * The hooks around the creation of a container. Only create and error hooks: a delete hook would break a
 * plain `pulumi destroy`. Bound to the run: the engine calls them outside it, where logging does not work.
 */
export function replacementHooks(replacement: Replacement, key: string): pulumi.ResourceHookBinding {
  return {
    beforeCreate: [
      new pulumi.ResourceHook(
        // A review reads the replacement order from this name.
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
