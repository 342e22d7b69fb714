/** The Compose files of a command, from its options and the environment. */

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { visible } from "../core/text/visible";
import { ComposeError, type ComposeFault, formatFault } from "../compose/source/faults";
import { type Loaded, loadCompose } from "../compose/load";
import { readIfThere } from "../compose/disk";
import { DotenvError, parseDotenv, type Variables } from "../compose/variables/dotenv";
import { lookupIn } from "../compose/variables/filled";
import { type Environment, text, texts } from "./command";

export interface ComposeRequest {
  /** If empty, the files that Compose would find. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly envFiles: readonly string[];
  readonly projectName: string | undefined;
}

export const COMPOSE_OPTIONS = `\
  -f, --file FILE        a Compose file; each further one is merged over the previous ones
                         (default: compose.yaml and its override, in this folder or a parent)
      --profile NAME     a profile to enable; repeatable
      --env-file FILE    a file of variables; repeatable (default: .env next to the first file)
  -p, --project-name N   the project name`;

/** For `readWords`. */
export const composeOptions = {
  file: { ...texts, short: "f" },
  profile: texts,
  "env-file": texts,
  "project-name": { ...text, short: "p" },
} as const;

interface ComposeValues {
  readonly file: string[];
  readonly profile: string[];
  readonly "env-file": string[];
  readonly "project-name"?: string | undefined;
}

export function composeRequest(values: ComposeValues, files: readonly string[] = []): ComposeRequest {
  return {
    files: [...files, ...values.file],
    profiles: values.profile,
    envFiles: values["env-file"],
    projectName: values["project-name"],
  };
}

/** Undefined if there is no file, or if it has faults, which are printed on stderr. */
export function loadFiles(
  request: ComposeRequest,
  environment: Environment,
  folder: string,
): Loaded | undefined {
  const variables = given(environment);
  const named = request.envFiles.length > 0 ? request.envFiles : split(variables["COMPOSE_ENV_FILES"], ",");
  const beside = named.length > 0 || isOff(variables) ? [] : [join(folder, ".env")].filter(existsSync);
  const listed = listedFiles({ ...dotenv([...named, ...beside], variables, folder), ...variables });
  const files = request.files.length > 0 ? request.files : (listed ?? foundFiles(folder));
  if (files.length === 0) {
    process.stderr.write("error: no Compose file found\n  next  pass one:  -f compose.yaml\n");
    return undefined;
  }
  try {
    return loadCompose({
      ...request,
      files,
      // The variables that list the files apply to them too, over those beside the first file.
      envFiles:
        listed === undefined || request.files.length > 0
          ? named
          : besideFirst(files, [...named, ...beside], folder),
      environment: { PWD: folder, ...variables },
      workingDirectory: folder,
      read: readIfThere,
    });
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    process.stderr.write(visible(`error: ${error.message}\n`));
    return undefined;
  }
}

/** `warning: compose.yaml:3:5: services.web.x: text`. */
export function line(kind: "error" | "warning", fault: ComposeFault): string {
  return `${kind}:${formatFault(fault).slice(1)}\n`;
}

function given(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function split(text = "", separator: string): string[] {
  return text.split(separator).filter((part) => part !== "");
}

const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const OVERRIDES = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

const isOff = (variables: Record<string, string>): boolean =>
  /^(1|t|true)$/i.test(variables["COMPOSE_DISABLE_ENV_FILE"] ?? "");

/** The variables of these files; the loader reports what is wrong in them. */
function dotenv(paths: readonly string[], variables: Record<string, string>, folder: string): Variables {
  const read = (known: Variables, path: string): Variables =>
    parseDotenv(readIfThere(resolve(folder, path)) ?? "", lookupIn(variables), known);
  try {
    return paths.reduce(read, {});
  } catch (error) {
    if (!(error instanceof DotenvError)) throw error;
    return {};
  }
}

/** The files in COMPOSE_FILE; undefined if there are none. */
function listedFiles(variables: Readonly<Record<string, string>>): string[] | undefined {
  const listed = variables["COMPOSE_FILE"] ?? "";
  return listed === "" ? undefined : split(listed, variables["COMPOSE_PATH_SEPARATOR"] ?? ":");
}

/** The file of variables next to the first Compose file, and these. */
function besideFirst([first = ""]: readonly string[], files: readonly string[], folder: string): string[] {
  const own = join(dirname(resolve(folder, first)), ".env");
  return files.length === 0 || files.some((file) => resolve(folder, file) === own) || !existsSync(own)
    ? [...files]
    : [own, ...files];
}

/** The file of this folder or the nearest parent, with its override. */
function foundFiles(start: string): string[] {
  for (let folder = start; ; folder = dirname(folder)) {
    const first = (names: readonly string[]): string[] =>
      names
        .map((name) => join(folder, name))
        .filter(existsSync)
        .slice(0, 1);
    const main = first(NAMES);
    if (main.length > 0) return [...main, ...first(OVERRIDES)];
    if (folder === dirname(folder)) return [];
  }
}
