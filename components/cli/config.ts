/** `dockwright config`: what a Compose file means, in Compose's own words. */

import { type Format, printProject } from "../compose/print";
import { type ComposeRequest, type Environment, line, loadFiles } from "./compose-files";

export interface ConfigRequest extends ComposeRequest {
  readonly format: Format;
}

export function config(request: ConfigRequest, environment: Environment, folder: string): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return 1;
  const { model, warnings, unsupported } = loaded;
  for (const warning of warnings) process.stderr.write(line("warning", warning));
  // A file may be right and still ask for what cannot be had.
  for (const limit of unsupported)
    process.stderr.write(
      line("warning", {
        ...limit,
        text: limit.severity === "error" ? `would be refused by dockwright: ${limit.text}` : limit.text,
      }),
    );
  process.stdout.write(printProject(model, request.format));
  return 0;
}
