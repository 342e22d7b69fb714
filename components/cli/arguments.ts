/** What was typed. Of `up` and `down`, everything that is not the command's own goes to Pulumi as it stands. */

import { parseArgs } from "node:util";

import type { ComposeRequest } from "./compose-files";
import type { ConfigRequest } from "./config";
import type { ConvertRequest } from "./convert";
import {
  AUDIT_USAGE,
  CHECK_USAGE,
  findingsOptions,
  findingsRequest,
  type PolicyRequest,
} from "./policy-arguments";
import { DIFF_USAGE, parseDiff, parseReview, REVIEW_USAGE, type Reviewing } from "./review-arguments";

export type Verb = "up" | "down";

export type Request =
  | {
      readonly kind: "run";
      readonly verb: Verb;
      /** As given by `--stack`; without it Pulumi's selected stack is meant. */
      readonly stack: string | undefined;
      /** As given by `--cwd`. */
      readonly folder: string | undefined;
      /** The file of `up --approved`. */
      readonly approved: string | undefined;
      /** `up --adopt`: whether all that stands in the way is taken over. */
      readonly adopts: boolean;
      /** All other options, for Pulumi. */
      readonly options: readonly string[];
    }
  | ({ readonly kind: "config" } & ConfigRequest)
  | ({ readonly kind: "convert" } & ConvertRequest)
  | ({ readonly kind: "types" } & ComposeRequest)
  | PolicyRequest
  | Reviewing
  | { readonly kind: "help"; readonly usage: string }
  | { readonly kind: "wrong"; readonly why: string; readonly code?: 1 };

export const USAGE = `usage: dockwright up [--approved FILE] [--adopt] | down [--stack NAME] [PULUMI OPTION...]
       dockwright review [FILE|-] [OPTION...]
       dockwright diff STACK STACK [OPTION...]
       dockwright config [-f FILE...] [OPTION...]
       dockwright convert [FILE...] [OPTION...]
       dockwright types [-f FILE...] [OPTION...]
       dockwright check [FILE...] [OPTION...]
       dockwright audit [OPTION...]

  up       pulumi up, on a stack that a killed run may have left: what that run left behind is ended and its lock released
  down     pulumi destroy, likewise; then removes containers and networks that a killed run had begun, and builds
           that nothing uses. Never a volume
  review   say what an up would do to those who use the stack, before it does it (dockwright review --help)
  diff     list how two stacks of one program differ (dockwright diff --help)
  config   print what a Compose file means, all of it spelled out (dockwright config --help)
  convert  write a Compose file as a TypeScript program (dockwright convert --help)
  types    write the names of a Compose file's services as a TypeScript type (dockwright types --help)
  check    say what the rules find in a Compose file or a Dockerfile (dockwright check --help)
  audit    say what the rules find in what runs on the host (dockwright audit --help)

A run that is alive, or on another machine, is named and left alone. With --approved FILE an up does nothing that goes
beyond what was accepted in FILE (dockwright review --approve FILE); where it would, the exit code is 3.
With --adopt an up takes over the containers, networks and volumes that have its names and that this stack did not create, such
as those of another clone; it lists them before it begins. Data stays.
Further options go to pulumi, for example:  dockwright up --stack prod --yes --skip-preview
`;

const COMPOSE_OPTIONS = `\
  -f, --file FILE        a Compose file; each further one is laid over those before it
                         (default: compose.yaml and its override, here or in a folder above)
      --profile NAME     a profile to enable; may be given several times
      --env-file FILE    variables; may be given several times (default: .env beside the first file)
  -p, --project-name N   the name of the project`;

export const CONFIG_USAGE = `usage: dockwright config [-f FILE...] [OPTION...]

${COMPOSE_OPTIONS}
      --format FORMAT    yaml or json (default: yaml)

Prints the project as docker compose config does: files merged, variables filled in, short forms spelled out.
Warnings go to stderr. Exit code 0: printed; 1: the project has faults, each named with its place; 2: wrongly typed.
`;

export const CONVERT_USAGE = `usage: dockwright convert [FILE...] [OPTION...]

  FILE, -f, --file FILE  a Compose file; each further one is laid over those before it
                         (default: compose.yaml and its override, here or in a folder above)
      --check            print only what can and cannot be honoured
      --profile NAME     a profile to enable; may be given several times
      --env-file FILE    variables; may be given several times (default: .env beside the first file)
  -p, --project-name N   the name of the project

Writes a program of dockwright's components that makes what the file makes:  dockwright convert > index.ts
Warnings go to stderr. Exit code 0: written; 1: something cannot be honoured, each named with its place; 2: wrongly typed.
`;

export const TYPES_USAGE = `usage: dockwright types [-f FILE...] [OPTION...]

${COMPOSE_OPTIONS}

Writes a type of the names of the services, for ComposeProject<Services>:  dockwright types > services.ts
Exit code 0: written; 1: the project has faults, each named with its place; 2: wrongly typed.
`;

const VERBS: readonly string[] = ["up", "down"] satisfies Verb[];

/** Reads the words after the command's name. */
export function parseArguments(words: readonly string[]): Request {
  const [verb, ...options] = words;
  if (verb === undefined) return { kind: "wrong", why: "a command is missing" };
  const wantsHelp = options.some((word) => word === "--help" || word === "-h");
  if (verb === "config") return wantsHelp ? { kind: "help", usage: CONFIG_USAGE } : parseConfig(options);
  if (verb === "convert") return wantsHelp ? { kind: "help", usage: CONVERT_USAGE } : parseConvert(options);
  if (verb === "types") return wantsHelp ? { kind: "help", usage: TYPES_USAGE } : parseTypes(options);
  if (verb === "check") return wantsHelp ? { kind: "help", usage: CHECK_USAGE } : parseCheck(options);
  if (verb === "audit") return wantsHelp ? { kind: "help", usage: AUDIT_USAGE } : parseAudit(options);
  if (verb === "review")
    return wantsHelp ? { kind: "help", usage: REVIEW_USAGE } : typedReview(parseReview, options);
  if (verb === "diff")
    return wantsHelp ? { kind: "help", usage: DIFF_USAGE } : typedReview(parseDiff, options);
  if (["--help", "-h", "help"].includes(verb) || wantsHelp) return { kind: "help", usage: USAGE };
  if (!isVerb(verb)) return { kind: "wrong", why: `there is no command ${verb}` };
  const { approved, rest: others } =
    verb === "up" ? takeApproved(options) : { approved: undefined, rest: options };
  if (approved === "") return { kind: "wrong", why: "--approved needs a file" };
  const rest = verb === "up" ? others.filter((word) => word !== "--adopt") : others;
  return {
    kind: "run",
    verb,
    stack: optionOf(options, "--stack", "-s"),
    folder: optionOf(options, "--cwd", "-C"),
    approved,
    adopts: rest.length < others.length,
    options: rest,
  };
}

/** Our own option among Pulumi's. */
function takeApproved(options: readonly string[]): {
  readonly approved: string | undefined;
  readonly rest: readonly string[];
} {
  const at = options.findIndex((word) => word === "--approved" || word.startsWith("--approved="));
  const word = options[at];
  if (word === undefined) return { approved: undefined, rest: options };
  if (word !== "--approved")
    return { approved: word.slice("--approved=".length), rest: options.toSpliced(at, 1) };
  return { approved: options[at + 1] ?? "", rest: options.toSpliced(at, 2) };
}

function typedReview(parse: (words: readonly string[]) => Reviewing, words: readonly string[]): Request {
  const request = typed(() => parse(words));
  return request.kind === "wrong" ? { ...request, code: 1 } : request;
}

const text = { type: "string" } as const;
const texts = { ...text, multiple: true, default: [] as string[] } as const;
const composeOptions = {
  file: { ...texts, short: "f" },
  profile: texts,
  "env-file": texts,
  "project-name": { ...text, short: "p" },
} as const;

function parseConfig(words: readonly string[]): Request {
  return typed(() => {
    const options = { ...composeOptions, format: { type: "string", default: "yaml" } } as const;
    const { values } = parseArgs({ args: [...words], options });
    const { format } = values;
    if (format !== "json" && format !== "yaml")
      return { kind: "wrong", why: `--format must be yaml or json, got ${format}` };
    return { kind: "config", ...composeRequest(values), format };
  });
}

function parseConvert(words: readonly string[]): Request {
  return typed(() => {
    const options = { ...composeOptions, check: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const request = composeRequest(values);
    return { kind: "convert", ...request, files: [...positionals, ...request.files], check: values.check };
  });
}

function parseTypes(words: readonly string[]): Request {
  return typed(() => {
    const { values } = parseArgs({ args: [...words], options: composeOptions });
    return { kind: "types", ...composeRequest(values) };
  });
}

function parseCheck(words: readonly string[]): Request {
  return typed(() => {
    const options = {
      ...composeOptions,
      ...findingsOptions,
      swarm: { type: "boolean", default: false },
    } as const;
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [how, request] = [findingsRequest(values), composeRequest(values)];
    if (typeof how === "string") return { kind: "wrong", why: how };
    const { swarm } = values;
    return { kind: "check", ...request, ...how, swarm, files: [...positionals, ...request.files] };
  });
}

function parseAudit(words: readonly string[]): Request {
  return typed(() => {
    const options = { ...findingsOptions, project: text } as const;
    const { values } = parseArgs({ args: [...words], options });
    const how = findingsRequest(values);
    if (typeof how === "string") return { kind: "wrong", why: how };
    return { kind: "audit", ...how, project: values.project };
  });
}

interface ComposeValues {
  readonly file: string[];
  readonly profile: string[];
  readonly "env-file": string[];
  readonly "project-name"?: string | undefined;
}

function composeRequest(values: ComposeValues): ComposeRequest {
  return {
    files: values.file,
    profiles: values.profile,
    envFiles: values["env-file"],
    projectName: values["project-name"],
  };
}

/** What Node says of a wrong option, in one clause. */
function typed(parse: () => Request): Request {
  try {
    return parse();
  } catch (error) {
    const [why = ""] = (error as Error).message.split(". ");
    return { kind: "wrong", why: why.charAt(0).toLowerCase() + why.slice(1) };
  }
}

function isVerb(word: string): word is Verb {
  return VERBS.includes(word);
}

/** The value of an option in each of the spellings that Pulumi takes; the last one counts. */
function optionOf(options: readonly string[], long: string, short: string): string | undefined {
  let value: string | undefined;
  options.forEach((word, index) => {
    if (word === long || word === short) value = options[index + 1];
    else if (word.startsWith(`${long}=`)) value = word.slice(long.length + 1);
    else if (word.startsWith(short) && !word.startsWith("--"))
      value = word.slice(short.length).replace(/^=/, "");
  });
  return value;
}
