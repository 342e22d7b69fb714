/** Waivers: exceptions from a rule for one object, with a reason and an expiry date. */

import { z } from "zod";

import { strict, text } from "../core/schema";
import { formatPath } from "../core/text/message";
import { didYouMean } from "../core/text/nearest";

/** A finding that is accepted until a date. */
export interface Waiver {
  /** The id of the rule. */
  readonly rule: string;
  /** The name of the object, such as a service; without it, all objects. */
  readonly on?: string;
  /** The reason, at least 10 characters. */
  readonly reason: string;
  /** The last day on which it is valid, such as `2027-01-31`. */
  readonly until: string;
}

const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
const safely = (value: string): boolean => {
  try {
    return isDay(value);
  } catch {
    return false;
  }
};

const waiverSchema: z.ZodType<Waiver> = strict({
  rule: text("the id of a rule", (value) => /^[a-z][a-z-]+$/.test(value)),
  on: text("the name of what it is about", (value) => value !== "").optional(),
  reason: text("a reason of at least 10 characters", (value) => value.trim().length >= 10),
  until: text('a day such as "2027-01-31"', safely),
});

/**
 * Checks waivers of a program or a file.
 *
 * @throws Error naming every fault
 */
export function checkWaivers(given: unknown, known: readonly string[]): readonly Waiver[] {
  const read = z.array(waiverSchema).safeParse(given);
  const faults = read.success
    ? read.data.flatMap(({ rule }, index) =>
        known.includes(rule)
          ? []
          : [`[${String(index)}].rule: must be the id of a rule, got "${rule}"${didYouMean(rule, known)}`],
      )
    : read.error.issues.map(({ path, message }) => `${formatPath(path as (string | number)[])}: ${message}`);
  if (faults.length > 0) throw new Error(`the waivers are invalid\n  ${faults.join("\n  ")}`);
  return read.success ? read.data : [];
}

/** Today, in the format of waivers. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
