/** `dockwright up --approved FILE`: stops if the plan exceeds the approval. */

import { beyond } from "../review/approval";
import { review as judge } from "../review/classify";
import { askPreview } from "./pulumi/ask-preview";
import { exit } from "./command";
import type { Target } from "./pulumi/run";
import { readOptions } from "./pulumi/options";
import { approvalIn } from "./commands/review";
import { formatRefusal, say } from "./say";

/** The options of an `up` that also apply to its preview, and those whose effect a preview cannot show. */
export function boundOptions(words: readonly string[]): {
  readonly forPreview: readonly string[];
  readonly refused: readonly string[];
} {
  const options = readOptions(words);
  return {
    forPreview: options.filter(({ effect }) => effect === "plan").flatMap((each) => each.words),
    refused: [...new Set(options.filter(({ effect }) => effect === undefined).map(({ name }) => name))],
  };
}

/** The options for the next command, without the values of settings, which can be secret. */
function shown(words: readonly string[]): string {
  return readOptions(words)
    .map(({ name, value, words: typed }) =>
      name === "--config" ? `--config ${value?.split("=", 1)[0] ?? ""}=...` : typed.join(" "),
    )
    .join(" ");
}

/** The exit code: 1 for an error, 3 for a plan that exceeds the approval; undefined if the up may continue. */
export async function stopUnlessApproved(
  target: Target,
  file: string,
  options: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const { forPreview, refused } = boundOptions(options);
  const saves = readOptions(options).some(({ name }) => name === "--config");
  const refuse = (what: string, why: readonly string[], next: string, previewed = true): void => {
    const now =
      saves && previewed
        ? "nothing was changed on the host; the values of --config are saved in the stack configuration, because a preview saves them"
        : "nothing was changed";
    process.stderr.write(formatRefusal({ what, why: why.join("\n        "), now, next }));
  };
  if (refused.length > 0) {
    const why = `it can change what the up does, and a preview does not show that, so the approval does not cover it`;
    const next = "remove it, or run this up without --approved";
    refuse(`${refused.join(", ")} cannot be combined with --approved`, [why], next, false);
    return exit.failed;
  }
  const approval = approvalIn(file);
  if (approval === undefined) return exit.failed;
  const found = judge(await askPreview(target, forPreview, variables));
  const stack = target.stack === undefined ? "" : ` --stack ${target.stack}`;
  const more = forPreview.length === 0 ? "" : ` -- ${shown(forPreview)}`;
  const again = `dockwright review${stack} --approve ${file}${more}`;
  const errors = found.notes.filter(({ severity }) => severity === "error").map(({ text }) => text);
  if (errors.length > 0) {
    refuse("the preview fails", errors, "correct the cause, then run this command again");
    return exit.failed;
  }
  if (approval.project !== found.project || approval.stack !== found.stack) {
    const why = `it was recorded for ${approval.project}/${approval.stack}, and this is ${found.project}/${found.stack}`;
    refuse(`${file} is not an approval of this stack`, [why], again);
    return exit.approval;
  }
  const worse = beyond(approval, found);
  if (worse.length > 0) {
    refuse("this up exceeds the approval", worse, `review and approve it:  ${again}`);
    return exit.approval;
  }
  say("approved", `the plan does not exceed ${file}`);
  return undefined;
}
