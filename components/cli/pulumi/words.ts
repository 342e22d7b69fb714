/** The words of the commands that run Pulumi: a few are their own, all others go to Pulumi as they stand. */

import { UsageError } from "../command";
import type { Target } from "./run";
import { readOptions, valueOf } from "./options";

/** What up, down and preview have in common. */
export interface PulumiRequest {
  /** Without a stack Pulumi's selected one is meant. */
  readonly target: Target;
  /** For Pulumi, as typed. */
  readonly options: readonly string[];
}

export function pulumiRequest(options: readonly string[]): PulumiRequest {
  const read = readOptions(options);
  return { target: { stack: valueOf("--stack", read), folder: valueOf("--cwd", read) }, options };
}

/** Takes an option with a value out of the words; undefined where it is not there. */
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

/** Takes an option without a value out of the words. */
export function takeFlag(
  name: string,
  words: readonly string[],
): { readonly given: boolean; readonly rest: readonly string[] } {
  return { given: words.includes(name), rest: words.filter((word) => word !== name) };
}

/** The variables by which `--adopt` reaches the program. */
export function adoption(adopt: boolean): Readonly<Record<string, string>> {
  return adopt ? { DOCKWRIGHT_ADOPT: "all" } : {};
}
