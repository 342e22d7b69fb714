/** Translates durations, sizes and variables of a valid model into arguments of components. */

import { parseDuration } from "../../model/units";

export function secondsOf(duration: string): number {
  return Number(parseDuration(duration) ?? 0n) / 1e9;
}

/** The provider uses MiB; limits are rounded up, so that they are never lower than in the file. */
export function wholeMiB(bytes: string | number): number {
  return Math.ceil(Number(bytes) / 2 ** 20);
}

/** Only the entries that have a value. */
export function withValues(variables: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
