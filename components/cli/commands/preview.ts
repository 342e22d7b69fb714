/** `dockwright preview`: `pulumi preview` with faster settings. Nothing is changed, so no recovery is needed. */

import { type Context, EXIT_CODES, exit } from "../command";
import { hasPrerequisites, situationOf } from "../prerequisites";
import { run as runPulumi } from "../pulumi/run";
import { adoption, type PulumiRequest, pulumiRequest, takeFlag } from "../pulumi/words";

export const usage = `usage: dockwright preview [--adopt] [--stack NAME] [PULUMI OPTION...]

      --adopt            preview what up --adopt would take over
  -s, --stack NAME       the stack (default: the selected one)
  -C, --cwd FOLDER       the folder of the program

Shows what an up would do and changes nothing. The program is not type-checked (PULUMI_NODEJS_TRANSPILE_ONLY=true) and its errors
have no stack trace; set PULUMI_NODEJS_TRANSPILE_ONLY=false to check types. Further options are passed to pulumi preview.
The exit code of dockwright review shows whether something changes.

${EXIT_CODES}`;

export interface PreviewRequest extends PulumiRequest {
  readonly adopt: boolean;
}

export function parse(words: readonly string[]): PreviewRequest {
  const { given: adopt, rest } = takeFlag("--adopt", words);
  return { ...pulumiRequest(rest), adopt };
}

export async function run(request: PreviewRequest, { environment }: Context): Promise<number> {
  if (!(await hasPrerequisites(situationOf(request, environment)))) return exit.failed;
  const { options, adopt } = request;
  return runPulumi(["preview", ...options], { ...fast(environment), ...adoption(adopt) });
}

/** The settings of docs/decisions/0001-performance.md, unless the user has set them. */
export function fast(environment: Context["environment"]): Readonly<Record<string, string>> {
  const { NODE_OPTIONS: given = "", PULUMI_NODEJS_TRANSPILE_ONLY: transpile } = environment;
  return {
    ...(transpile === undefined && { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
    ...(!given.includes("--stack-trace-limit") && {
      NODE_OPTIONS: `${given} --stack-trace-limit=0`.trimStart(),
    }),
  };
}
