/** `dockwright convert`: a Compose file as a TypeScript program, or what stands in the way of that. */

import { convertPlan } from "../compose/convert/program";
import { Remarks } from "../compose/convert/remarks";
import type { Setting } from "../compose/convert/settings";
import { readIfThere } from "../compose/disk";
import { judgeProject } from "../compose/judge";
import type { Loaded } from "../compose/load";
import type { Path } from "../compose/node";
import { withDeclaredVolumes } from "../compose/plan/declared";
import { type ComposeRequest, type Environment, line, loadFiles } from "./compose-files";
import { count } from "./say";

export interface ConvertRequest extends ComposeRequest {
  /** Print what can and cannot be honoured, and no program. */
  readonly check: boolean;
}

export function convert(request: ConvertRequest, environment: Environment, folder: string): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return 1;
  const { plan, errors, warnings: judged } = judgeProject(loaded);
  const remarks = new Remarks(loaded.comments, loaded.model);
  const whole = errors.length > 0 ? plan : withDeclaredVolumes(plan, readIfThere);
  const { text, settings, frozen } = convertPlan(whole, { folder, remarks, origins: loaded.origins });
  const warnings = [...judged, ...frozenWarnings(frozen, loaded)];
  const out = request.check ? process.stdout : process.stderr;
  for (const error of errors) out.write(line("error", error));
  for (const warning of warnings) out.write(line("warning", warning));
  const said = verdict(plan.project, errors.length, warnings.length);
  if (request.check) out.write(`${said}\n`);
  else if (errors.length > 0) out.write(`${said}; no program was written\n`);
  else {
    process.stdout.write(text);
    process.stderr.write(settingsToMake(settings));
  }
  return errors.length > 0 ? 1 : 0;
}

/** Variables that the program does not read, of which it has the value of today. */
function frozenWarnings(
  frozen: readonly { readonly path: Path; readonly names: readonly string[] }[],
  { placed, isPartOfProject }: Loaded,
) {
  return frozen
    .filter(({ path }) => isPartOfProject(path))
    .map(({ path, names }) => {
      const which = names.length === 1 ? "the variable" : "the variables";
      const text = `holds ${which} ${names.join(", ")}, which the program does not read: it has the value of today`;
      return placed({ path, text });
    });
}

/** The commands that make the settings without which the program does not run. */
function settingsToMake(settings: ReadonlyMap<string, Setting>): string {
  const required = [...settings].filter(([, { isRequired }]) => isRequired);
  if (required.length === 0) return "";
  const commands = required.map(([name, { isSecret }]) =>
    isSecret ? `  pulumi config set --secret ${name}\n` : `  pulumi config set ${name} VALUE\n`,
  );
  return `The program needs these settings:\n${commands.join("")}`;
}

function verdict(name: string, errors: number, warnings: number): string {
  if (errors + warnings === 0) return `${name}: all of it can be honoured`;
  const told = warnings === 0 ? "" : `, ${count(warnings, "warning")}`;
  return errors === 0
    ? `${name}: it can be converted${told}`
    : `${name}: it cannot be converted, ${count(errors, "error")}${told}`;
}
