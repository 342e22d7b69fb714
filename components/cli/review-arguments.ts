/** What was typed after `review` and `diff`. */

import { parseArgs } from "node:util";

import { type Format, formatNames } from "../review/format";
import { type RiskKind, riskKinds } from "../review/impact";
import type { DiffRequest } from "./diff";
import type { ReviewRequest } from "./review";

export const REVIEW_USAGE = `usage: dockwright review [FILE|-] [OPTION...] [-- PULUMI OPTION...]

  FILE                   what pulumi preview --json printed, - for stdin (default: Pulumi is asked, and nothing is changed)
  -s, --stack NAME       the stack (default: the selected one)
  -C, --cwd FOLDER       the folder of the program
      --format FORMAT    ${formatNames.join(", ")} (default: text)
  -o, --output FILE      where to write it (default: stdout)
      --fail-on KINDS    what must be approved: any of ${riskKinds.join(",")} (default: none)
      --approve FILE     accept what the review shows, and record that in FILE
      --approved FILE    what was accepted need not be approved again; anything beyond it must be

Says what an up would do to those who use the stack: data, outages, who can reach it, what it may do to the host.
Exit code 0: nothing changes; 1: an error, or wrongly typed; 2: changes; 3: changes that need approval.
`;

export const DIFF_USAGE = `usage: dockwright diff STACK STACK [OPTION...]

  -C, --cwd FOLDER       the folder of the program
      --format FORMAT    text or json (default: text)

Lists how two stacks of one program differ, by resource and field. Pulumi previews both; nothing is changed.
Exit code 0: they are alike but for their names; 1: an error, or wrongly typed; 2: they differ.
`;

export type Reviewing =
  | ({ readonly kind: "review" } & ReviewRequest)
  | ({ readonly kind: "diff" } & DiffRequest)
  | { readonly kind: "wrong"; readonly why: string; readonly code: 1 };

const text = { type: "string" } as const;
const target = { stack: { ...text, short: "s" }, cwd: { ...text, short: "C" } } as const;

/** Exit code 2 means that something changes, so what is wrongly typed has another one. */
const wrong = (why: string): Reviewing => ({ kind: "wrong", why, code: 1 });

export function parseReview(words: readonly string[]): Reviewing {
  const dashes = words.indexOf("--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  const options = {
    ...target,
    format: { ...text, default: "text" },
    output: { ...text, short: "o" },
    "fail-on": { ...text, default: "" },
    approve: text,
    approved: text,
  } as const;
  const { values, positionals } = parseArgs({ args: [...own], options, allowPositionals: true });
  const { format, "fail-on": failOn, stack, cwd, output, approve, approved } = values;
  const kinds = failOn.split(",").filter((kind) => kind !== "");
  const unknown = kinds.filter((kind) => !isRisk(kind));
  if (positionals.length > 1) return wrong(`one FILE at most, got ${positionals.join(" ")}`);
  if (!isFormat(format)) return wrong(`--format must be one of ${formatNames.join(", ")}, got ${format}`);
  if (unknown.length > 0)
    return wrong(`--fail-on must be any of ${riskKinds.join(",")}, got ${unknown.join(",")}`);
  if (approve !== undefined && approved !== undefined) return wrong("--approve excludes --approved");
  return {
    kind: "review",
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

export function parseDiff(words: readonly string[]): Reviewing {
  const options = { cwd: target.cwd, format: { ...text, default: "text" } } as const;
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const [one, other] = positionals;
  const { format, cwd } = values;
  if (one === undefined || other === undefined || positionals.length > 2)
    return wrong("diff compares two stacks; name both");
  if (format !== "text" && format !== "json") return wrong(`--format must be text or json, got ${format}`);
  return { kind: "diff", stacks: [one, other], folder: cwd, format };
}

function isFormat(word: string): word is Format {
  return (formatNames as readonly string[]).includes(word);
}

function isRisk(word: string): word is RiskKind {
  return (riskKinds as readonly string[]).includes(word);
}
