/** `dockwright convert`: a Compose file as a TypeScript program, or what stands in the way of that. */

import { programOf } from "../compose/convert/program";
import { Remarks } from "../compose/convert/remarks";
import { judgeProject } from "../compose/judge";
import { type ComposeRequest, type Environment, line, loadFiles } from "./compose-files";
import { count } from "./say";

export interface ConvertRequest extends ComposeRequest {
  /** Print what can and cannot be honoured, and no program. */
  readonly check: boolean;
}

export function convert(request: ConvertRequest, environment: Environment, folder: string): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return 1;
  const { plan, errors, warnings } = judgeProject(loaded);
  const out = request.check ? process.stdout : process.stderr;
  for (const error of errors) out.write(line("error", error));
  for (const warning of warnings) out.write(line("warning", warning));
  const said = verdict(plan.project, errors.length, warnings.length);
  if (request.check) out.write(`${said}\n`);
  else if (errors.length > 0) out.write(`${said}; no program was written\n`);
  else process.stdout.write(programOf(plan, { folder, remarks: new Remarks(loaded.comments, loaded.model) }));
  return errors.length > 0 ? 1 : 0;
}

function verdict(name: string, errors: number, warnings: number): string {
  if (errors + warnings === 0) return `${name}: all of it can be honoured`;
  const told = warnings === 0 ? "" : `, ${count(warnings, "warning")}`;
  return errors === 0
    ? `${name}: it can be converted${told}`
    : `${name}: it cannot be converted, ${count(errors, "error")}${told}`;
}
