/** Durations, sizes and variables of a model that the loader has found sound, as the components take them. */

import { parseDuration } from "../../model/units";

export function secondsOf(duration: string): number {
  return Number(parseDuration(duration) ?? 0n) / 1e9;
}

/** The provider counts in MiB; a limit is never made tighter than the file says. */
export function wholeMiB(bytes: string | number): number {
  return Math.ceil(Number(bytes) / 2 ** 20);
}

/** Those that have a value. */
export function withValues(variables: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
