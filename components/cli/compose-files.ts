/** The Compose files of a command, from its options and the environment. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { visible } from "../core/text/visible";
import { ComposeError, type ComposeFault, formatFault } from "../compose/source/faults";
import { type Loaded, loadCompose } from "../compose/load";
import { readIfThere } from "../compose/disk";
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
  const files = request.files.length > 0 ? request.files : defaultFiles(environment, folder);
  if (files.length === 0) {
    process.stderr.write("error: no Compose file found\n  next  pass one:  -f compose.yaml\n");
    return undefined;
  }
  try {
    return loadCompose({
      ...request,
      files,
      envFiles: request.envFiles.length > 0 ? request.envFiles : split(environment["COMPOSE_ENV_FILES"], ","),
      environment: given(environment),
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

/** The files in COMPOSE_FILE, otherwise the file of this folder or the nearest parent, with its override. */
function defaultFiles(environment: Environment, start: string): string[] {
  const named = environment["COMPOSE_FILE"];
  if (named !== undefined && named !== "") return split(named, environment["COMPOSE_PATH_SEPARATOR"] ?? ":");
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
