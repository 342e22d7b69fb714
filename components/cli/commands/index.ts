/** The commands by name, each loaded on first use, and the general help. */

import { didYouMean } from "../../core/text/nearest";
import { type Command, type Context, EXIT_CODES, UsageError } from "../command";

/** A command with an opaque request type. */
interface Loaded {
  readonly usage: string;
  read(words: readonly string[]): Pick<Typed, "request" | "run">;
}

const lazy =
  <R>(load: () => Promise<Command<R>>) =>
  async (): Promise<Loaded> => {
    const { usage, parse, run } = await load();
    return {
      usage,
      read: (words) => {
        const request = parse(words);
        return { request, run: (context) => run(request, context) };
      },
    };
  };

/** Name, summary and module. */
const table: Readonly<Record<string, readonly [summary: string, load: () => Promise<Loaded>]>> = {
  up: ["pulumi up, after recovering from an interrupted run", lazy(() => import("./up"))],
  down: [
    "pulumi destroy, after recovering from an interrupted run; also removes unused built images",
    lazy(() => import("./down")),
  ],
  preview: ["pulumi preview with settings that make it faster", lazy(() => import("./preview"))],
  review: ["report how an up would affect the users of the stack", lazy(() => import("./review"))],
  diff: ["list the differences between two stacks of one program", lazy(() => import("./diff"))],
  config: ["print a resolved Compose file, as docker compose config does", lazy(() => import("./config"))],
  convert: ["write a Compose file as a TypeScript program", lazy(() => import("./convert"))],
  types: ["write the service names of a Compose file as a TypeScript type", lazy(() => import("./types"))],
  check: ["check Compose files and Dockerfiles against the rules", lazy(() => import("./check"))],
  audit: ["check the containers on the host against the rules", lazy(() => import("./audit"))],
};

export const USAGE = `usage: dockwright COMMAND [OPTION...]

${Object.entries(table)
  .map(([name, [summary]]) => `  ${name.padEnd(9)}${summary}\n`)
  .join("")}  help     print this list, or the help of one command:  dockwright help COMMAND
  version  print the version

${EXIT_CODES}`;

export type Reading =
  | { readonly kind: "help"; readonly usage: string }
  | { readonly kind: "version" }
  | { readonly kind: "wrong"; readonly why: string; readonly usage: string }
  | Typed;

/** A parsed command. */
export interface Typed {
  readonly kind: "command";
  readonly name: string;
  readonly request: unknown;
  readonly run: (context: Context) => number | Promise<number>;
}

const HELP: readonly string[] = ["--help", "-h"];

/** Parses the arguments after the command's name. */
export async function readCommand(words: readonly string[]): Promise<Reading> {
  const [first, ...rest] = words;
  if (first === undefined) return { kind: "wrong", why: "missing command", usage: USAGE };
  if (first === "version" || first === "--version" || first === "-V") return { kind: "version" };
  const asked = first === "help" || HELP.includes(first);
  const name = asked ? rest.find((word) => !word.startsWith("-")) : first;
  if (name === undefined) return { kind: "help", usage: USAGE };
  const [, load] = Object.hasOwn(table, name) ? (table[name] ?? []) : [];
  if (load === undefined) {
    const meant = didYouMean(name, [...Object.keys(table), "help", "version"]);
    return { kind: "wrong", why: `unknown command ${name}${meant}`, usage: USAGE };
  }
  const command = await load();
  const own = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (asked || own.some((word) => HELP.includes(word))) return { kind: "help", usage: command.usage };
  try {
    return { kind: "command", name, ...command.read(rest) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: "wrong", why: error.message, usage: command.usage };
  }
}

/** The usage line, and how to get the full help. */
export function shortUsage(usage: string): string {
  const [line = ""] = usage.split("\n");
  const name = /^usage: dockwright ([a-z]+)/.exec(line)?.[1];
  return `${line}\n       dockwright ${name === undefined ? "help" : `help ${name}`}  for details\n`;
}
