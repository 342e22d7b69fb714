/** The order and the groups in which the tasks of a service are replaced, and the time limit. */

import { z } from "zod";
import { isStructure, judge, seconds, strict, wholeNumber } from "../../core/schema";
import { type Fault, formatPath, showValue } from "../../core/text/message";
import { healthyWithinSeconds } from "../../container/health/health-check";
import type { SwarmRollback, SwarmServiceArgs, SwarmUpdate } from "../args";
import { MONITOR_SECONDS, STOP_GRACE_SECONDS, type UpdateOrder, updateOrder } from "../../container/update";

const shape = {
  order: updateOrder.optional(),
  parallelism: wholeNumber(0, 10_000).optional(),
  delaySeconds: seconds().optional(),
  maxFailureRatio: z
    .custom<number>((value) => typeof value === "number" && value >= 0 && value <= 1, {
      error: (issue) => `must be a number from 0 to 1, got ${showValue(issue.input)}`,
    })
    .optional(),
};

const always =
  "nothing: a failed update is always rolled back; a paused one keeps the failed version, and the next up would succeed";

const inDetail = strict(shape, {
  instead: {
    failureAction: always,
    failure_action: always,
    delay: "delaySeconds",
    monitor: "monitorSeconds, beside update",
    monitorSeconds: "monitorSeconds, beside update",
  },
});

export const swarmUpdate: z.ZodType<UpdateOrder | SwarmUpdate> = z
  .custom<UpdateOrder | SwarmUpdate>()
  .superRefine((value: unknown, context) => {
    judge(isStructure(value) ? inDetail : updateOrder, value, context);
  });

export const swarmRollback: z.ZodType<SwarmRollback> = strict(
  { ...shape, monitorSeconds: seconds().optional() },
  {
    instead: {
      failureAction: "nothing: a rollback always continues after a failure",
      failure_action: "nothing: a rollback always continues after a failure",
      delay: "delaySeconds",
      monitor: "monitorSeconds",
    },
  },
);

/** The `update` argument, as an object. */
function wanted({ update }: SwarmServiceArgs): SwarmUpdate {
  return typeof update === "string" ? { order: update } : (update ?? {});
}

/** The requested order, otherwise start-first wherever possible. */
function swarmOrder(args: SwarmServiceArgs): UpdateOrder {
  return wanted(args).order ?? (stopFirstReasons(args).length === 0 ? "start-first" : "stop-first");
}

export function swarmUpdateFaults(args: SwarmServiceArgs): Fault[] {
  const at = typeof args.update === "string" ? "update" : "update.order";
  const asked = [
    { path: at, order: wanted(args).order },
    { path: "rollback.order", order: args.rollback?.order },
  ];
  return asked.flatMap(({ path, order }) =>
    order === "start-first"
      ? stopFirstReasons(args)
          .filter(({ strict: forbids }) => forbids)
          .map((reason) => ({
            path,
            text: `cannot be "start-first" with ${reason.path}: ${reason.why}; write "stop-first", or remove ${reason.path}`,
          }))
      : [],
  );
}

interface Reason {
  readonly path: string;
  readonly why: string;
  /** Whether start-first is impossible; otherwise it works if there are enough nodes. */
  readonly strict: boolean;
}

/** Why an old task must stop before the new one starts. */
function stopFirstReasons(args: SwarmServiceArgs): Reason[] {
  return [
    ...(args.ports ?? []).flatMap(({ mode, host }, index) =>
      mode === "host" && host !== undefined
        ? [
            {
              path: formatPath(["ports", index, "mode"]),
              why: "two tasks cannot publish one port of a node, and the new one would wait forever",
              strict: true,
            },
          ]
        : [],
    ),
    ...(args.mounts ?? []).flatMap((mount, index) => {
      const writable =
        ("volume" in mount && mount.readOnly !== true) || ("bind" in mount && mount.readOnly === false);
      return writable
        ? [
            {
              path: formatPath(["mounts", index, "path"]),
              why: "two tasks would write to the same data at once",
              strict: true,
            },
          ]
        : [];
    }),
    ...(args.placement?.maxReplicasPerNode === undefined
      ? []
      : [
          {
            path: "placement.maxReplicasPerNode",
            why: "a node at its limit cannot run the new task",
            strict: false,
          },
        ]),
  ];
}

/** The update or rollback configuration for the Engine. */
export interface EngineUpdate {
  readonly Parallelism: number;
  readonly Delay: number;
  readonly FailureAction: "rollback" | "continue";
  readonly Monitor: number;
  readonly MaxFailureRatio: number;
  readonly Order: UpdateOrder;
}

export function engineUpdates(args: SwarmServiceArgs): {
  UpdateConfig: EngineUpdate;
  RollbackConfig: EngineUpdate;
} {
  const forth = { monitorSeconds: args.monitorSeconds ?? MONITOR_SECONDS, ...wanted(args) };
  const back = { ...forth, ...args.rollback };
  const told = ({ order, parallelism, delaySeconds, monitorSeconds, maxFailureRatio }: SwarmRollback) => ({
    Parallelism: parallelism ?? 1,
    Delay: nanoseconds(delaySeconds ?? 0),
    Monitor: nanoseconds(monitorSeconds ?? MONITOR_SECONDS),
    MaxFailureRatio: maxFailureRatio ?? 0,
    Order: order ?? swarmOrder(args),
  });
  return {
    UpdateConfig: { ...told(forth), FailureAction: "rollback" },
    // An incomplete rollback would mix two versions.
    RollbackConfig: { ...told(back), FailureAction: "continue" },
  };
}

/** Seconds in the unit of the Engine (nanoseconds), rounded to whole milliseconds. */
export function nanoseconds(value: number): number {
  return Math.round(value * 1000) * 1_000_000;
}

/** Time for a node to pull the image; a failed pull is reported at once. */
const PULL_SECONDS = 240;

/** The maximum time until all tasks of a service run. */
export function convergeSeconds(args: SwarmServiceArgs): number {
  const { healthCheck: check, replicas = 1, waitTimeoutSeconds } = args;
  if (waitTimeoutSeconds !== undefined) return waitTimeoutSeconds;
  const { parallelism = 1, delaySeconds = 0 } = wanted(args);
  const groups = parallelism === 0 ? 1 : Math.ceil(Math.max(replicas, 1) / parallelism);
  const each =
    (check === undefined || check === "none" ? 120 : healthyWithinSeconds(check)) +
    (args.monitorSeconds ?? MONITOR_SECONDS) +
    (args.stopGraceSeconds ?? STOP_GRACE_SECONDS) +
    delaySeconds;
  return Math.ceil(PULL_SECONDS + groups * each);
}
