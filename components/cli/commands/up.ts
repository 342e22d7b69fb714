/** `dockwright up`: `pulumi up` after recovering from an interrupted run. */

import { type Context, EXIT_CODES, exit } from "../command";
import { hasPrerequisites, situationOf } from "../prerequisites";
import { run as runPulumi, type Target } from "../pulumi/run";
import { adoption, type PulumiRequest, pulumiRequest, takeFlag, takeValue } from "../pulumi/words";
import { exported, prepare, settle } from "../recovery";

export const usage = `usage: dockwright up [--approved FILE] [--adopt] [--stack NAME] [PULUMI OPTION...]

      --approved FILE    stop if the plan exceeds what was approved in FILE (dockwright review --approve FILE)
      --adopt            take over objects that are not managed by this stack; the preview lists them
  -s, --stack NAME       the stack (default: the selected one)
  -C, --cwd FOLDER       the folder of the program

First recovers from an interrupted run: stops its processes, releases its lock, and resolves its pending operations. A run
that is still active, or on another machine, is reported and not changed. Further options are passed to pulumi up, for example:
  dockwright up --stack prod --yes --skip-preview

${EXIT_CODES}`;

export interface UpRequest extends PulumiRequest {
  readonly approved: string | undefined;
  readonly adopt: boolean;
}

export function parse(words: readonly string[]): UpRequest {
  const { value: approved, rest } = takeValue("--approved", words);
  const { given: adopt, rest: options } = takeFlag("--adopt", rest);
  return { ...pulumiRequest(options), approved, adopt };
}

export async function run(request: UpRequest, { environment }: Context): Promise<number> {
  if (!(await hasPrerequisites(situationOf(request, environment)))) return exit.failed;
  const { target, options, approved, adopt } = request;
  const variables = adoption(adopt);
  if (approved !== undefined) {
    const stop = await stopUnlessApproved(target, approved, options, variables);
    if (stop !== undefined) return stop;
  }
  const prepared = await prepare(target, environment);
  if (prepared === undefined) return exit.failed;
  const code = await runPulumi(["up", ...options], variables);
  if (code === exit.ok) await settle(target, prepared);
  else await reportDown(target);
  return code;
}

/** Loaded only here: an `up` that succeeds has nothing to report. */
async function reportDown(target: Target): Promise<void> {
  const { tellDown } = await import("../recovery/standing");
  await tellDown(target, exported(target));
}

async function stopUnlessApproved(
  ...given: [Target, string, readonly string[], Readonly<Record<string, string>>]
): Promise<number | undefined> {
  const approved = await import("../approved");
  return approved.stopUnlessApproved(...given);
}
