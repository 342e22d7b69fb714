/** `dockwright convert`: writes a Compose file as a TypeScript program, or lists the unsupported keys. */

import { convertPlan } from "../../compose/program/program";
import { Remarks } from "../../compose/program/remarks";
import type { Setting } from "../../compose/program/settings";
import { readIfThere } from "../../compose/disk";
import { judgeProject } from "../../compose/judge";
import type { Loaded } from "../../compose/load";
import type { Path } from "../../compose/source/node";
import { withDeclaredVolumes } from "../../compose/host/declared";
import { type Context, EXIT_CODES, exit, readWords } from "../command";
import { composeOptions, type ComposeRequest, composeRequest, line, loadFiles } from "../compose-files";
import { count } from "../say";

export const usage = `usage: dockwright convert [FILE...] [OPTION...]

  FILE, -f, --file FILE  a Compose file; each further one is merged over the previous ones
                         (default: compose.yaml and its override, in this folder or a parent)
      --check            only list supported and unsupported keys
      --profile NAME     a profile to enable; repeatable
      --env-file FILE    a file of variables; repeatable (default: .env next to the first file)
  -p, --project-name N   the project name

Writes a program of dockwright components that creates the same objects as the file:  dockwright convert > index.ts
Warnings go to stderr. An unsupported key is a failure; each one is printed with its location.

${EXIT_CODES}`;

export interface ConvertRequest extends ComposeRequest {
  /** Only list supported and unsupported keys. */
  readonly check: boolean;
}

export function parse(words: readonly string[]): ConvertRequest {
  const options = { ...composeOptions, check: { type: "boolean", default: false } } as const;
  const { values, positionals } = readWords({ args: [...words], options, allowPositionals: true });
  return { ...composeRequest(values, positionals), check: values.check };
}

export function run(request: ConvertRequest, { environment, folder }: Context): number {
  const loaded = loadFiles(request, environment, folder);
  if (loaded === undefined) return exit.failed;
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
  return errors.length > 0 ? exit.failed : exit.ok;
}

/** Variables whose current value is written into the program. */
function frozenWarnings(
  frozen: readonly { readonly path: Path; readonly names: readonly string[] }[],
  { placed, isPartOfProject }: Loaded,
) {
  return frozen
    .filter(({ path }) => isPartOfProject(path))
    .map(({ path, names }) => {
      const which = names.length === 1 ? "the variable" : "the variables";
      const text = `uses ${which} ${names.join(", ")}, which the program does not read: it contains the current value`;
      return placed({ path, text });
    });
}

/** The commands that set the required settings of the program. */
function settingsToMake(settings: ReadonlyMap<string, Setting>): string {
  const required = [...settings].filter(([, { isRequired }]) => isRequired);
  if (required.length === 0) return "";
  const commands = required.map(([name, { isSecret }]) =>
    isSecret ? `  pulumi config set --secret ${name}\n` : `  pulumi config set ${name} VALUE\n`,
  );
  return `Set these stack settings before you run the program:\n${commands.join("")}`;
}

function verdict(name: string, errors: number, warnings: number): string {
  if (errors + warnings === 0) return `${name}: all keys are supported`;
  const told = warnings === 0 ? "" : `, ${count(warnings, "warning")}`;
  return errors === 0
    ? `${name}: can be converted${told}`
    : `${name}: cannot be converted: ${count(errors, "error")}${told}`;
}
