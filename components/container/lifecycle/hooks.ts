import * as pulumi from "@pulumi/pulumi";

import { announceReplacement } from "./announce";
import { claims } from "../../core/claims";
import { errorHook, resourceHook } from "../../deployment/hooks";
import { orderMarks } from "../../provider/order";
import type { UpdateOrder } from "../update";
import type { Replacement } from "./replacement";

/**
 * The hooks around the creation of a container. Only create and error hooks: a delete hook would break a plain
 * `pulumi destroy`.
 */
export function replacementHooks(replacement: Replacement, key: string): pulumi.ResourceHookBinding {
  const { run } = replacement;
  return {
    beforeCreate: [
      resourceHook(
        run,
        `${key}: hand-over`,
        (args) =>
          pulumi.runtime.isDryRun() ? announceReplacement(replacement, args) : replacement.before(args),
        { onDryRun: true },
      ),
      markOf(replacement.plan.order),
    ],
    afterCreate: [resourceHook(run, `${key}: readiness check`, (args) => replacement.after(args))],
    onError: [errorHook(run, `${key}: failure report`, (args) => replacement.createFailed(args))],
  };
}

interface Mark {
  readonly order: UpdateOrder;
  readonly hook: pulumi.ResourceHook;
}

/** One hook per run and order: a hook name can only be registered once. */
function markOf(order: UpdateOrder): pulumi.ResourceHook {
  const marks = claims<Mark>("marks of the replacement order");
  const known = marks.find((each) => each.order === order);
  if (known !== undefined) return known.hook;
  const hook = new pulumi.ResourceHook(orderMarks[order], () => undefined);
  marks.push({ order, hook });
  return hook;
}
