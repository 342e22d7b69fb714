/** The arguments of the commands that run Pulumi: a few options are dockwright's, all others are passed on unchanged. */

import { UsageError } from "../command";
import type { Target } from "./run";
import { readOptions, valueOf } from "./options";

/** The common arguments of up, down and preview. */
export interface PulumiRequest {
  /** Without a stack, the selected one. */
  readonly target: Target;
  /** Passed to Pulumi as typed. */
  readonly options: readonly string[];
}

export function pulumiRequest(options: readonly string[]): PulumiRequest {
  const read = readOptions(options);
  return { target: { stack: valueOf("--stack", read), folder: valueOf("--cwd", read) }, options };
}

/** Extracts an option with a value from the arguments; undefined if it is missing. */
export function takeValue(
  name: string,
  words: readonly string[],
): { readonly value: string | undefined; readonly rest: readonly string[] } {
  const isIt = (word: string): boolean => word === name || word.startsWith(`${name}=`);
  const at = words.findIndex(isIt);
  const word = words[at];
  if (word === undefined) return { value: undefined, rest: words };
  const value = word === name ? words[at + 1] : word.slice(name.length + 1);
  const rest = words.toSpliced(at, word === name ? 2 : 1);
  if (value === undefined || value === "") throw new UsageError(`${name} requires a file`);
  if (rest.some(isIt)) throw new UsageError(`${name} may be given only once`);
  return { value, rest };
}

/** Extracts a flag from the arguments. */
export function takeFlag(
  name: string,
  words: readonly string[],
): { readonly given: boolean; readonly rest: readonly string[] } {
  return { given: words.includes(name), rest: words.filter((word) => word !== name) };
}

/** The variables that pass `--adopt` to the program. */
export function adoption(adopt: boolean): Readonly<Record<string, string>> {
  return adopt ? { DOCKWRIGHT_ADOPT: "all" } : {};
}
