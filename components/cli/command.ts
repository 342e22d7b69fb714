/** The interface of a command: usage, parsing and exit codes. */

import { parseArgs, type ParseArgsConfig } from "node:util";

import { didYouMean } from "../core/text/nearest";

/** The exit codes of all commands. */
export const exit = {
  /** Success; nothing was found. */
  ok: 0,
  /** Failure or usage error. */
  failed: 1,
  /** There are changes, differences or findings. */
  found: 2,
  /** An approval is needed. */
  approval: 3,
} as const;

export const EXIT_CODES = `Exit codes: 0 success, nothing found; 1 failure or usage error; 2 changes or findings; 3 approval needed;
128 + N interrupted by signal N (130 after Ctrl-C).
`;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of a command. */
export interface Context {
  readonly environment: Environment;
  /** The working directory. */
  readonly folder: string;
}

/** A command exports these three. */
export interface Command<Request> {
  /** The help text; its first line is printed after a usage error. */
  readonly usage: string;
  /** @throws UsageError - the reason. */
  readonly parse: (words: readonly string[]) => Request;
  readonly run: (request: Request, context: Context) => number | Promise<number>;
}

/** The arguments of the command are not valid. */
export class UsageError extends Error {}

/** `parseArgs` of Node, with shorter errors that suggest the nearest option. */
export function readWords<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [why = ""] = (error as Error).message.split(". ");
    const unknown = /^Unknown option '(-[^']*)'/.exec(why)?.[1];
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    const meant = unknown === undefined ? "" : didYouMean(unknown, known);
    throw new UsageError(`${why.charAt(0).toLowerCase()}${why.slice(1)}${meant}`);
  }
}

export const text = { type: "string" } as const;
export const texts = { ...text, multiple: true, default: [] as string[] } as const;
