/** `dockwright config`: prints a resolved Compose file in Compose's own format. */

import { judgeProject } from "../../compose/judge";
import { type Format, printProject } from "../../compose/print";
import { type Context, EXIT_CODES, exit, readWords, UsageError } from "../command";
import {
  COMPOSE_OPTIONS,
  composeOptions,
  type ComposeRequest,
  composeRequest,
  line,
  loadFiles,
} from "../compose-files";

export const usage = `usage: dockwright config [-f FILE...] [OPTION...]

${COMPOSE_OPTIONS}
      --format FORMAT    yaml or json (default: yaml)

Prints the project as docker compose config does: merged files, resolved variables, long forms. Warnings go to
stderr. A project with faults is a failure; each fault is printed with its location.

${EXIT_CODES}`;

export interface ConfigRequest extends ComposeRequest {
  readonly format: Format;
}

export function parse(words: readonly string[]): ConfigRequest {
  const options = { ...composeOptions, format: { type: "string", default: "yaml" } } as const;
  const { values } = readWords({ args: [...words], options });
  const { format } = values;
  if (format !== "json" && format !== "yaml")
    throw new UsageError(`--format must be yaml or json, got ${format}`);
  return { ...composeRequest(values), format };
}

export function run(request: ConfigRequest, { environment, folder }: Context): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return exit.failed;
  const { errors } = judgeProject(loaded);
  const left = loaded.unsupported.filter(({ severity }) => severity === "warning");
  for (const warning of [...loaded.warnings, ...left]) process.stderr.write(line("warning", warning));
  // A valid file can still use features that a Docker host does not have.
  for (const { text, ...error } of errors)
    process.stderr.write(line("warning", { ...error, text: `dockwright refuses this: ${text}` }));
  process.stdout.write(printProject(loaded.model, request.format));
  return exit.ok;
}
