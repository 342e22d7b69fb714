/** `dockwright review`: reports how an up would affect the users of the stack. Nothing is changed. */

import { readFileSync, writeFileSync } from "node:fs";

import { approvalOf, beyond, readApproval } from "../../review/approval";
import { type Review, review as judge } from "../../review/classify";
import { type Format, formatNames, formats } from "../../review/format";
import { type RiskKind, riskKinds } from "../../review/impact";
import { type LiveFacts, volumesThatCome, volumesThatGo } from "../../review/live";
import { type Preview, readPreview } from "../../review/read";
import { verdict } from "../../review/verdict";
import { askPreview, inRepository } from "../pulumi/ask-preview";
import { type Context, EXIT_CODES, exit, readWords, text, UsageError } from "../command";
import type { Target } from "../pulumi/run";
import { count, formatRefusal, say } from "../say";

export const usage = `usage: dockwright review [FILE|-] [OPTION...] [-- PULUMI OPTION...]

  FILE                   output of pulumi preview --json, - for stdin (default: run pulumi preview)
  -s, --stack NAME       the stack (default: the selected one)
  -C, --cwd FOLDER       the folder of the program
      --format FORMAT    ${formatNames.join(", ")} (default: text)
  -o, --output FILE      the output file (default: stdout)
      --fail-on KINDS    the risks that must be approved: any of ${riskKinds.join(",")} (default: none)
      --approve FILE     approve what the review shows, and record the approval in FILE
      --approved FILE    an earlier approval; only changes that exceed it must be approved

Reports how an up would affect the users of the stack: data loss, outages, exposed ports, privileges on the host.

${EXIT_CODES}`;

export interface ReviewRequest {
  /** The output of `pulumi preview --json`; `-` for stdin, undefined to run Pulumi. */
  readonly file: string | undefined;
  readonly target: Target;
  /** Passed to Pulumi as typed. */
  readonly options: readonly string[];
  readonly format: Format;
  readonly output: string | undefined;
  readonly failOn: readonly RiskKind[];
  readonly approve: string | undefined;
  readonly approved: string | undefined;
}

export function parse(words: readonly string[]): ReviewRequest {
  const dashes = words.indexOf("--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  const options = {
    stack: { ...text, short: "s" },
    cwd: { ...text, short: "C" },
    format: { ...text, default: "text" },
    output: { ...text, short: "o" },
    "fail-on": { ...text, default: "" },
    approve: text,
    approved: text,
  } as const;
  const { values, positionals } = readWords({ args: [...own], options, allowPositionals: true });
  const { format, "fail-on": failOn, stack, cwd, output, approve, approved } = values;
  const kinds = failOn.split(",").filter((kind) => kind !== "");
  const unknown = kinds.filter((kind) => !isRisk(kind));
  const wrong = (why: string): never => {
    throw new UsageError(why);
  };
  if (positionals.length > 1) wrong(`at most one FILE, got ${positionals.join(" ")}`);
  if (!isFormat(format)) return wrong(`--format must be one of ${formatNames.join(", ")}, got ${format}`);
  if (unknown.length > 0) wrong(`--fail-on must be any of ${riskKinds.join(",")}, got ${unknown.join(",")}`);
  if (approve !== undefined && approved !== undefined) wrong("--approve and --approved exclude each other");
  return {
    file: positionals[0],
    target: { stack, folder: cwd },
    options: dashes < 0 ? [] : words.slice(dashes + 1),
    format,
    output,
    failOn: kinds.filter(isRisk),
    approve,
    approved,
  };
}

function isFormat(word: string): word is Format {
  return (formatNames as readonly string[]).includes(word);
}

function isRisk(word: string): word is RiskKind {
  return (riskKinds as readonly string[]).includes(word);
}

export async function run(request: ReviewRequest, { environment }: Context): Promise<number> {
  const preview = await previewOf(request);
  if (preview === undefined) return exit.failed;
  const { live, blind } = await liveFacts(preview);
  const judged = judge(preview, live, blind);
  const { format, output, approve } = request;
  const report = await formats[format]({
    review: judged,
    preview,
    colours: coloursWanted(request, environment),
  });
  if (output === undefined) process.stdout.write(report);
  else {
    writeFileSync(output, report);
    say("review", `${verdict(judged)} (${output})`);
  }
  if (judged.notes.some(({ severity }) => severity === "error")) return exit.failed;
  if (approve !== undefined) {
    writeFileSync(approve, `${JSON.stringify(approvalOf(judged), undefined, 2)}\n`);
    say(
      "approved",
      `${verdict(judged)} Recorded in ${approve}; to apply it:  dockwright up --approved ${approve}`,
    );
  }
  return exitCode(judged, request);
}

function exitCode(judged: Review, { approve, approved, failOn }: ReviewRequest): number {
  if (judged.components.length === 0) return exit.ok;
  if (approve !== undefined) return exit.found;
  if (approved !== undefined) {
    const approval = approvalIn(approved);
    if (approval === undefined) return exit.failed;
    const worse = beyond(approval, judged);
    for (const line of worse) say("not approved", line);
    return worse.length > 0 ? exit.approval : exit.found;
  }
  const asked = judged.components.filter(({ impacts }) =>
    impacts.some(({ kind }) => (failOn as readonly string[]).includes(kind)),
  );
  if (asked.length === 0) return exit.found;
  say(
    "approval",
    `${count(asked.length, "component")} with ${failOn.join(" or ")} must be approved; to approve:  dockwright review --approve FILE`,
  );
  return exit.approval;
}

/** Undefined if the file is not a valid approval, which is reported. */
export function approvalIn(file: string): ReturnType<typeof readApproval> | undefined {
  try {
    return readApproval(readFileSync(file, "utf8"));
  } catch (error) {
    refuse(`${file} cannot be used as an approval`, error, `dockwright review --approve ${file}`);
    return undefined;
  }
}

async function previewOf({ file, target, options }: ReviewRequest): Promise<Preview | undefined> {
  try {
    if (file === undefined) return await askPreview(target, options);
    return inRepository(readPreview(readFileSync(file === "-" ? 0 : file, "utf8")), target);
  } catch (error) {
    refuse(
      file === undefined ? "pulumi preview failed" : `${file === "-" ? "stdin" : file} cannot be reviewed`,
      error,
      file === undefined
        ? "pulumi preview, which must succeed; then run this command again"
        : "pulumi preview --json --show-sames > preview.json && dockwright review preview.json",
    );
    return undefined;
  }
}

function refuse(what: string, error: unknown, next: string): void {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(formatRefusal({ what, why, now: "nothing was changed", next }));
}

/** Measuring the volumes of a large host takes time. */
const PATIENCE_MS = 15_000;

/** Only used if a volume is added or removed; without a response the review continues and says so. */
async function liveFacts(
  preview: Preview,
): Promise<{ live?: LiveFacts | undefined; blind?: string | undefined }> {
  const names = [...volumesThatGo(preview), ...volumesThatCome(preview)];
  if (names.length === 0) return {};
  const left = (why: string) => ({
    blind: `Volume users and sizes are not included: ${why}.`,
  });
  if (preview.steps.some(({ type }) => type === "dockwright:index:DockerHost"))
    return left("the stack has a host of its own");
  const [{ connect }, { reasonOf }, { volumeUse }] = await Promise.all([
    import("../../engine/connect"),
    import("../../engine/lost"),
    import("../../volume/engine"),
  ]);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the Docker Engine did not answer within ${String(PATIENCE_MS / 1000)} s`));
    }, PATIENCE_MS);
  });
  try {
    return { live: { volumes: await Promise.race([volumeUse(connect(), names), late]) } };
  } catch (error) {
    return left(`the Docker Engine is not reachable (${reasonOf(error)})`);
  } finally {
    clearTimeout(timer);
  }
}

/** https://no-color.org */
function coloursWanted(
  { output }: ReviewRequest,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const refused = (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb";
  return output === undefined && process.stdout.isTTY && !refused;
}
