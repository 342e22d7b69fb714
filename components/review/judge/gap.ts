/** How long nothing runs where the old container goes before the new one is ready. */

import { bagOf, numberOf, textOf, textsOf } from "../../policy/read/values";
import type { Step } from "../step";

/** Both ends are bounds; the usual gap is a second or two more than the program takes to stop and to start. */
export function gapText({ before, after }: Step): string {
  const stop = numberOf(before?.inputs["destroyGraceSeconds"]) ?? 10;
  const ready = readyWithin(after?.inputs["healthcheck"]);
  return ready === undefined
    ? `nothing runs until it has stopped (at most ${String(stop)} s) and the new one runs`
    : `nothing runs until it has stopped (at most ${String(stop)} s) and the new one is healthy (at most ${String(ready)} s)`;
}

/** Seconds; undefined without a health check of its own. */
function readyWithin(check: unknown): number | undefined {
  const { tests, interval, timeout, startPeriod, retries } = bagOf(check);
  const [first = "NONE"] = textsOf(tests);
  if (first === "NONE") return undefined;
  const again = seconds(textOf(interval)) + seconds(textOf(timeout));
  return Math.ceil(seconds(textOf(startPeriod)) + again * ((numberOf(retries) ?? 3) + 1));
}

/** Of a duration as Go prints it, such as `1m30s`. */
function seconds(text = "0s"): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit = "s"]) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}
