/** The health check of a container: its arguments, their validation and defaults. */

import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { input, listOf, mustBe, nonEmptyText, seconds, strict, wholeNumber } from "../../core/schema";
import { isLater } from "../../core/later";

/**
 * A command that Docker runs inside the container; exit code 0 means healthy.
 * Changing it replaces the container (the provider alone would report an update and change nothing).
 * Source: Docker reference, Dockerfile HEALTHCHECK.
 */
export interface HealthCheck {
  /** A shell command as text, or a program with its arguments as a list (no shell). */
  readonly command: pulumi.Input<string> | readonly pulumi.Input<string>[];
  /** Seconds between two probes. @defaultValue `5` */
  readonly intervalSeconds?: number;
  /** Seconds after which a probe fails. @defaultValue `5` */
  readonly timeoutSeconds?: number;
  /** Consecutive failures that make the container unhealthy. @defaultValue `3` */
  readonly retries?: number;
  /** Seconds after the start during which failures do not count. @defaultValue `20` */
  readonly startPeriodSeconds?: number;
}

const defaults = { intervalSeconds: 5, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 20 } as const;

export const healthCheck: z.ZodType<HealthCheck | "none"> = z.union(
  [
    z.literal("none"),
    strict({
      command: z.union(
        [
          nonEmptyText,
          listOf(input(nonEmptyText)).min(1, "must not be empty"),
          z.custom<pulumi.Input<string>>(isLater),
        ],
        { error: (issue) => mustBe("a shell command or a list of a program and its arguments", issue.input) },
      ),
      intervalSeconds: seconds(0.001).optional(),
      timeoutSeconds: seconds(0.001).optional(),
      retries: wholeNumber(1).optional(),
      startPeriodSeconds: seconds().optional(),
    }),
  ],
  { error: (issue) => mustBe('"none" or an object such as { command: "healthy" }', issue.input) },
);

/** The health check with all defaults filled in. */
export function filledCheck(check: HealthCheck): Required<HealthCheck> {
  return { ...defaults, ...withoutUndefined(check) };
}

/** Seconds that `up` waits for a container to become healthy: at least as long as Docker needs to decide. */
export function healthyWithinSeconds(check: HealthCheck): number {
  const { intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = filledCheck(check);
  return Math.max(60, Math.ceil(startPeriodSeconds + (intervalSeconds + timeoutSeconds) * (retries + 1)));
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
