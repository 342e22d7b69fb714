/** What the rules found, for a terminal or a program, and the exit code. */

import { readFileSync } from "node:fs";

import { jsonText, visible } from "../internal/visible";
import { type Finding, isAtLeast, judge } from "../policy/judge";
import type { Severity } from "../policy/rule";
import { severities } from "../policy/rule";
import type { StackSubject } from "../policy/subject";
import type { Waiver } from "../policy/waiver";
import { count, formatRefusal } from "./say";

/** What `check` and `audit` have in common. */
export interface FindingsRequest {
  /** Findings at least as severe make the exit code 3; undefined: none does. */
  readonly failOn: Severity | undefined;
  readonly format: "text" | "json";
  /** A JSON file. */
  readonly waivers: string | undefined;
}

/** Judges, prints on stdout, and gives the exit code: 0, 1 where the waivers are no good, 3 for findings. */
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
        now: "nothing was judged",
        next: 'write a list such as [{ "rule": "root-user", "on": "web", "reason": "...", "until": "2027-01-31" }]',
      }),
    );
    return 1;
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
  return failOn !== undefined && found.some((each) => isAtLeast(each, failOn)) ? 3 : 0;
}

function readWaivers(file: string): readonly Waiver[] {
  return JSON.parse(readFileSync(file, "utf8")) as readonly Waiver[];
}

/** One block for each finding, worst first, and the counts at the end, where they are read. */
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
