/** `dockwright config`: what a Compose file means, in Compose's own words. */

import { judgeProject } from "../compose/judge";
import { type Format, printProject } from "../compose/print";
import { type ComposeRequest, type Environment, line, loadFiles } from "./compose-files";

export interface ConfigRequest extends ComposeRequest {
  readonly format: Format;
}

export function config(request: ConfigRequest, environment: Environment, folder: string): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return 1;
  const { errors } = judgeProject(loaded);
  const left = loaded.unsupported.filter(({ severity }) => severity === "warning");
  for (const warning of [...loaded.warnings, ...left]) process.stderr.write(line("warning", warning));
  // A file may be right and still ask for what a Docker host does not have.
  for (const { text, ...error } of errors)
    process.stderr.write(line("warning", { ...error, text: `would be refused by dockwright: ${text}` }));
  process.stdout.write(printProject(loaded.model, request.format));
  return 0;
}
