/** `dockwright up --approved FILE`: nothing is done that goes beyond what was accepted. */

import { beyond } from "../review/approval";
import { review as judge } from "../review/classify";
import { askPreview } from "./preview";
import type { Target } from "./pulumi";
import { approvalIn } from "./review";
import { formatRefusal, say } from "./say";

/** Options of `pulumi up` that change what it does, and that `pulumi preview` has too. */
const shared = {
  flags: ["-r", "--refresh", "--config-path", "--target-dependents", "--exclude-dependents"],
  values: ["-c", "--config", "--config-file", "-t", "--target", "--replace", "-x", "--exclude", "--parallel"],
};

function forPreview(options: readonly string[]): string[] {
  return options.flatMap((word, index) => {
    const [name = "", value] = word.split("=", 2);
    const before = options[index - 1] ?? "";
    if (shared.flags.includes(name) || (shared.values.includes(name) && value !== undefined)) return [word];
    return shared.values.includes(name) || shared.values.includes(before) ? [word] : [];
  });
}

/** The exit code that ends the command: 1 for an error, 3 for a plan that is worse; undefined where the up may go on. */
export async function stopUnlessApproved(
  target: Target,
  file: string,
  options: readonly string[],
): Promise<number | undefined> {
  const approval = approvalIn(file);
  if (approval === undefined) return 1;
  const found = judge(await askPreview(target, forPreview(options)));
  const again = `dockwright review${target.stack === undefined ? "" : ` --stack ${target.stack}`} --approve ${file}`;
  const refuse = (what: string, why: readonly string[], next: string): void => {
    const now = "nothing was changed";
    process.stderr.write(formatRefusal({ what, why: why.join("\n        "), now, next }));
  };
  const errors = found.notes.filter(({ severity }) => severity === "error").map(({ text }) => text);
  if (errors.length > 0) {
    refuse("the preview fails", errors, "correct the cause, then this command again");
    return 1;
  }
  if (approval.project !== found.project || approval.stack !== found.stack) {
    const why = `it was given for ${approval.project}/${approval.stack}, and this is ${found.project}/${found.stack}`;
    refuse(`${file} is no approval of this stack`, [why], again);
    return 3;
  }
  const worse = beyond(approval, found);
  if (worse.length > 0) {
    refuse("this up does more than was approved", worse, `look at it and accept it:  ${again}`);
    return 3;
  }
  say("approved", `nothing goes beyond ${file}`);
  return undefined;
}
