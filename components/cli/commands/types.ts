/** `dockwright types`: writes the service names of a Compose file as a TypeScript type. */

import { type Context, EXIT_CODES, exit, readWords } from "../command";
import {
  COMPOSE_OPTIONS,
  composeOptions,
  type ComposeRequest,
  composeRequest,
  loadFiles,
} from "../compose-files";

export const usage = `usage: dockwright types [-f FILE...] [OPTION...]

${COMPOSE_OPTIONS}

Writes a type of the service names, for ComposeProject<Services>:  dockwright types > services.ts

${EXIT_CODES}`;

export function parse(words: readonly string[]): ComposeRequest {
  return composeRequest(readWords({ args: [...words], options: composeOptions }).values);
}

export function run(request: ComposeRequest, { environment, folder }: Context): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return exit.failed;
  process.stdout.write(
    `// Written by \`${commandOf(request)}\`: regenerate it when the services of the files change.\n` +
      `export type Services = ${union(Object.keys(loaded.model.services).sort())};\n`,
  );
  return exit.ok;
}

const WIDTH = 100;

function union(names: readonly string[]): string {
  const words = names.map((name) => JSON.stringify(name));
  if (words.length === 0) return "never";
  const flat = words.join(" | ");
  return flat.length <= WIDTH - "export type Services = ;".length
    ? flat
    : words.map((word) => `\n  | ${word}`).join("");
}

/** The command line to regenerate the file. */
function commandOf({ files, profiles, envFiles, projectName }: ComposeRequest): string {
  const given = (option: string, values: readonly string[]): string[] =>
    values.flatMap((value) => [option, /^[\w./:@%+=,~-]+$/.test(value) ? value : JSON.stringify(value)]);
  return [
    "dockwright types",
    ...given("-f", files),
    ...given("--profile", profiles),
    ...given("--env-file", envFiles),
    ...given("-p", projectName === undefined ? [] : [projectName]),
  ].join(" ");
}
