/** Prints findings for a terminal or a program, and returns the exit code. */

import { readFileSync } from "node:fs";

import { jsonText, visible } from "../core/text/visible";
import { type Finding, isAtLeast, judge } from "../policy/judge";
import type { Severity } from "../policy/rule";
import { severities } from "../policy/rule";
import type { StackSubject } from "../policy/subject";
import type { Waiver } from "../policy/waiver";
import { exit, text, UsageError } from "./command";
import { count, formatRefusal } from "./say";

/** The common options of `check` and `audit`. */
export interface FindingsRequest {
  /** Findings of at least this severity set exit code 2; undefined means never. */
  readonly failOn: Severity | undefined;
  readonly format: "text" | "json";
  /** A JSON file. */
  readonly waivers: string | undefined;
}

export const FINDINGS_OPTIONS = `\
      --fail-on SEVERITY high, medium, low, or never (default: high)
      --waivers FILE     waived findings: a JSON list of { rule, on, reason, until }
      --format FORMAT    text or json (default: text)`;

/** For `readWords`. */
export const findingsOptions = {
  "fail-on": { ...text, default: "high" },
  waivers: text,
  format: { ...text, default: "text" },
} as const;

interface FindingsValues {
  readonly "fail-on": string;
  readonly waivers?: string | undefined;
  readonly format: string;
}

export function findingsRequest(values: FindingsValues): FindingsRequest {
  const { "fail-on": failOn, waivers, format } = values;
  if (failOn !== "high" && failOn !== "medium" && failOn !== "low" && failOn !== "never")
    throw new UsageError(`--fail-on must be high, medium, low or never, got ${failOn}`);
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format must be text or json, got ${format}`);
  return { failOn: failOn === "never" ? undefined : failOn, waivers, format };
}

/** Checks a stack, prints the findings on stdout, and returns the exit code; invalid waivers are a failure. */
export function tellFindings(
  name: string,
  stack: StackSubject,
  request: FindingsRequest,
  placeOf: (finding: Finding) => string | undefined = ({ place }) => place,
): number {
  let found: readonly Finding[];
  try {
    found = judge(stack, { waivers: request.waivers === undefined ? [] : readWaivers(request.waivers) });
  } catch (error) {
    process.stderr.write(
      formatRefusal({
        what: `${request.waivers ?? "the waivers"} cannot be used`,
        why: error instanceof Error ? error.message.replaceAll("\n", "\n        ") : String(error),
        now: "nothing was checked",
        next: 'pass a list such as [{ "rule": "root-user", "on": "web", "reason": "...", "until": "2027-01-31" }]',
      }),
    );
    return exit.failed;
  }
  const placed = found.map((finding) => {
    const place = placeOf(finding);
    return { ...finding, ...(place !== undefined && { place }) };
  });
  process.stdout.write(
    request.format === "json"
      ? `${jsonText({ version: 1, name, findings: placed })}\n`
      : visible(formatFindings(name, placed)),
  );
  const { failOn } = request;
  return failOn !== undefined && found.some((each) => isAtLeast(each, failOn)) ? exit.found : exit.ok;
}

function readWaivers(file: string): readonly Waiver[] {
  return JSON.parse(readFileSync(file, "utf8")) as readonly Waiver[];
}

/** One block per finding, worst first, with the counts at the end. */
function formatFindings(name: string, found: readonly Finding[]): string {
  const blocks = found.map(({ severity, id, place, text, remediation, reference }) =>
    [
      `${severity.padEnd(7)} ${id}${place === undefined ? "" : `  ${place}`}`,
      `        ${text}`,
      `        ${remediation} (${reference})`,
      "",
    ].join("\n"),
  );
  return `${blocks.join("")}${name}: ${summary(found)}\n`;
}

function summary(found: readonly Finding[]): string {
  if (found.length === 0) return "no findings";
  const parts = severities
    .map((severity) => ({ severity, number: found.filter((each) => each.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${String(number)} ${severity}`);
  return `${count(found.length, "finding")} (${parts.join(", ")})`;
}
