/** The failure report of a container, and its format. */

import { visible, visibleLog } from "./visible";
import { secretMask } from "./secret-mask";

/** The state of a failed container, from the Engine. */
export interface FailureReport {
  readonly image: string;
  readonly status: string;
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** The error of the Engine, such as a program that was not found. */
  readonly error: string;
  readonly restarts: number;
  /** The last runs of the health check, oldest first. */
  readonly probes: readonly { readonly exitCode: number; readonly output: string }[];
  /** The last lines of the log, oldest first. */
  readonly log: readonly string[];
}

/** The number of log lines in an error. */
export const LOG_LINES = 50;
const PROBES = 2;

export interface Failure {
  readonly what: string;
  readonly why: string;
  readonly failureReport?: FailureReport | undefined;
  /** Further facts by their names. */
  readonly rows?: readonly (readonly [name: string, value: string])[];
  /** What was printed last, oldest first. */
  readonly log?: readonly string[] | undefined;
  /** The current state. */
  readonly now: string;
  /** The next command. */
  readonly next: string;
  /** Values that must not be shown. */
  readonly secrets?: readonly string[];
}

/** The whole error: what failed, the cause, the failure report, the current state and the next command. */
export function failureText(failure: Failure): string {
  const { what, why, failureReport, rows: facts = [], log, now, next, secrets = [] } = failure;
  const mask = secretMask(secrets);
  const rows: (readonly [string, string])[] = [
    ...(failureReport === undefined ? [] : reportRows(masked(failureReport, mask))),
    ...facts,
    ...(log === undefined ? [] : [logRow(maskedLines(log, mask))]),
    ["now", now],
    ["next", `${why} ${failureReport?.error ?? ""}`.includes("no space left on device") ? MAKE_ROOM : next],
  ];
  return visible(
    [`${what}: ${mask(bare(why))}`, ...rows.map(([key, value]) => `  ${key.padEnd(11)}${value}`)].join("\n"),
  );
}

/** The output of the Engine and of the container, masked. Our own names and commands contain no secrets and must stay usable. */
function masked(failureReport: FailureReport, mask: (raw: string) => string): FailureReport {
  const { error, probes, log } = failureReport;
  return {
    ...failureReport,
    error: mask(error),
    probes: probes.map((probe) => ({ ...probe, output: visibleLog(mask(probe.output)) })),
    log: maskedLines(log, mask),
  };
}

/** All lines together, because a secret may have several lines. */
function maskedLines(log: readonly string[], mask: (raw: string) => string): string[] {
  return log.length === 0 ? [] : visibleLog(mask(log.join("\n"))).split("\n");
}

/** What to do about a full disk. The builder closes the files of a failed build when it next collects garbage. */
export const FREE_DISK_SPACE =
  "free disk space on the Docker host (docker system df shows the usage; docker image prune, then docker builder prune, remove unused data; what a failed build has copied is freed within 2 minutes)";

const MAKE_ROOM = `${FREE_DISK_SPACE}, then run pulumi up again`;

/** An error of the provider without the prefixes that each of its layers adds. */
function bare(error: string): string {
  return error.replace(/(?:\d+ errors? occurred:\s*\*\s*|creating urn:\S+: )/g, "").trim();
}

function reportRows(report: FailureReport): [string, string][] {
  const { image, exitCode, status, outOfMemory, error, restarts, probes, log } = report;
  const rows: [string, string][] = [["image", image]];
  if (status !== "running")
    rows.push(["exit code", `${String(exitCode)}${outOfMemory ? " (out of memory)" : ""}`]);
  if (restarts > 0) rows.push(["restarts", String(restarts)]);
  if (error !== "") rows.push(["engine", indented(error)]);
  for (const probe of probes.slice(-PROBES)) {
    const said = probe.output.trim();
    rows.push([
      "last probe",
      `exit code ${String(probe.exitCode)}${said === "" ? ", no output" : `: ${indented(said)}`}`,
    ]);
  }
  return [...rows, logRow(log)];
}

function logRow(log: readonly string[]): [string, string] {
  const lines = log.slice(-LOG_LINES);
  return [
    "log",
    lines.length === 0
      ? "empty"
      : `last ${String(lines.length)} lines\n${lines.map((line) => `    | ${line}`).join("\n")}`,
  ];
}

function indented(text: string): string {
  return text.split("\n").join(`\n${" ".repeat(13)}`);
}
