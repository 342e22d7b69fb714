/** The health check of a container. */

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

/** With every default. */
export function filledCheck(check: HealthCheck): Required<HealthCheck> {
  return { ...defaults, ...withoutUndefined(check) };
}

/** A command as Docker writes it. */
export function testOf(command: HealthCheck["command"]): pulumi.Input<string>[] {
  return isWords(command) ? ["CMD", ...command] : ["CMD-SHELL", command];
}

const isWords = (command: HealthCheck["command"]): command is readonly pulumi.Input<string>[] =>
  Array.isArray(command);

/** All five fields, so that no field of the image's health check applies. */
export function healthCheckInputs(check: HealthCheck | "none") {
  if (check === "none")
    return { tests: ["NONE"], interval: "0s", timeout: "0s", startPeriod: "0s", retries: 0 };
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = filledCheck(check);
  return {
    tests: testOf(command),
    interval: goDuration(intervalSeconds),
    timeout: goDuration(timeoutSeconds),
    startPeriod: goDuration(startPeriodSeconds),
    retries,
  };
}

/** Seconds that `up` waits for a container to become healthy: at least as long as Docker needs to decide. */
export function healthyWithinSeconds(check: HealthCheck): number {
  const { intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = filledCheck(check);
  return Math.max(60, Math.ceil(startPeriodSeconds + (intervalSeconds + timeoutSeconds) * (retries + 1)));
}

/** Seconds as a Go duration (`1m30s`): Docker returns any other format changed. */
export function goDuration(value: number): string {
  // In whole milliseconds, so that 59.9996 s is not formatted as 60 s.
  const milliseconds = Math.round(value * 1000);
  if (milliseconds === 0) return "0s";
  if (milliseconds < 1000) return `${String(milliseconds)}ms`;
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const rest = `${String((milliseconds % 60_000) / 1000)}s`;
  if (hours > 0) return `${String(hours)}h${String(minutes)}m${rest}`;
  return minutes > 0 ? `${String(minutes)}m${rest}` : rest;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
