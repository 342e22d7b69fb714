/** What every command of `dockwright` has: how it is typed, what it means, and how it ends. */

import { parseArgs, type ParseArgsConfig } from "node:util";

import { didYouMean } from "../core/text/nearest";

/** The exit codes of all commands. */
export const exit = {
  /** Done; nothing was found. */
  ok: 0,
  /** It failed, or it was typed in a way that it does not take. */
  failed: 1,
  /** Something changes, differs, or is found by a rule. */
  found: 2,
  /** Somebody has to approve first. */
  approval: 3,
} as const;

export const EXIT_CODES = `Exit codes: 0 success, nothing found; 1 failure or usage error; 2 changes or findings; 3 approval needed.
`;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a command is typed. */
export interface Context {
  readonly environment: Environment;
  /** The working directory. */
  readonly folder: string;
}

/** One file a command exports these three. */
export interface Command<Request> {
  /** The text of --help; its first line is shown after a usage error. */
  readonly usage: string;
  /** @throws UsageError - why the words are not taken. */
  readonly parse: (words: readonly string[]) => Request;
  readonly run: (request: Request, context: Context) => number | Promise<number>;
}

/** What was typed is not what the command takes. */
export class UsageError extends Error {}

/** `parseArgs` of Node, with its errors in one clause and the option that was meant. */
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
