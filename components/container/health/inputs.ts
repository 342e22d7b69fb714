/** Translates a health check into the provider's input. */

import type * as pulumi from "@pulumi/pulumi";
import { filledCheck, type HealthCheck } from "./health-check";

/** The command in the form of the Engine: `["CMD", ...]` or `["CMD-SHELL", text]`. */
export function testOf(command: HealthCheck["command"]): pulumi.Input<string>[] {
  return isWords(command) ? ["CMD", ...command] : ["CMD-SHELL", command];
}

const isWords = (command: HealthCheck["command"]): command is readonly pulumi.Input<string>[] =>
  Array.isArray(command);

/** The provider's input. It sets all five fields, so that none of the image's health check applies. */
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
