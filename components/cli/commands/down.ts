/** `dockwright down`: `pulumi destroy` after recovering from an interrupted run; then leftovers are removed. */

import { type Context, EXIT_CODES, exit } from "../command";
import { hasPrerequisites, situationOf } from "../prerequisites";
import { run as runPulumi } from "../pulumi/run";
import { type PulumiRequest, pulumiRequest } from "../pulumi/words";
import { exported, prepare, removeBegun, settle } from "../recovery";
import { say } from "../say";

export const usage = `usage: dockwright down [--stack NAME] [PULUMI OPTION...]

  -s, --stack NAME       the stack (default: the selected one)
  -C, --cwd FOLDER       the folder of the program

First recovers from an interrupted run as up does, then destroys the stack. Also removes unused built images, and containers and
networks that an interrupted run left, but never such a volume. Further options are passed to pulumi destroy, for example:
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
  if (before !== undefined && after !== undefined) {
    await removeBegun(before, after, prepared);
    // Pulumi does not remove them. If the stack still has resources, they can be in use.
    if ((after.deployment.resources ?? []).length === 0) {
      const { buildsOf, removeUnusedBuilds } = await import("../builds");
      const builds = await removeUnusedBuilds(buildsOf(before));
      if (builds.length > 0) say("builds", `removed ${builds.join(", ")}: not in use`);
    }
  }
  await settle(target, prepared);
  return code;
}
