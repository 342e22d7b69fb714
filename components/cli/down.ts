/** `dockwright down`: `pulumi destroy`, on a stack that a killed run may have left; then what that run had begun is removed. */

import { type Context, EXIT_CODES, exit } from "./command";
import { hasPrerequisites, situationOf } from "./prerequisites";
import { run as runPulumi } from "./pulumi";
import { type PulumiRequest, pulumiRequest } from "./pulumi-words";
import { exported, prepare, removeBegun, settle } from "./recovery";

export const usage = `usage: dockwright down [--stack NAME] [PULUMI OPTION...]

  -s, --stack NAME       the stack (default: the selected one)
  -C, --cwd FOLDER       the folder of the program

Recovers from an interrupted run as up does, destroys the stack, and removes containers and networks that an interrupted run had
begun. Never a volume. Further options go to pulumi destroy, for example:
  dockwright down --stack staging --yes --exclude-protected

${EXIT_CODES}`;

export function parse(words: readonly string[]): PulumiRequest {
  return pulumiRequest(words);
}

export async function run(request: PulumiRequest, { environment }: Context): Promise<number> {
  if (!(await hasPrerequisites(situationOf(request, environment)))) return exit.failed;
  const { target, options } = request;
  const prepared = await prepare(target, environment);
  if (prepared === undefined) return exit.failed;
  const before = exported(target);
  const code = await runPulumi(["destroy", ...options]);
  if (code !== exit.ok || options.includes("--preview-only")) return code;
  const after = exported(target);
  if (before !== undefined && after !== undefined) await removeBegun(before, after, prepared);
  await settle(target, prepared);
  return code;
}
