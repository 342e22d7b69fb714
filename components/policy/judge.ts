/** Applies rules to subjects and returns findings, worst first. */

import type { Found, Rule, Severity } from "./rule";
import { severities } from "./rule";
import { rules } from "./rules";
import { type Kind, servicesOf, type StackSubject, type Subjects } from "./subject";
import { checkWaivers, today, type Waiver } from "./waiver";

/** One violation of a rule. */
export interface Finding {
  /** `privileged:web`: the same for programs, files and running containers. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly kind: Kind;
  /** The name of the object. */
  readonly on: string;
  readonly title: string;
  /** The violation, as a clause. */
  readonly text: string;
  readonly remediation: string;
  readonly reference: string;
  /** `apps/web/Dockerfile:7`. */
  readonly place?: string;
}

/** The options of a check. */
export interface JudgeOptions {
  /** The accepted findings. @defaultValue none */
  readonly waivers?: readonly Waiver[];
  /** The date for the expiry of waivers, such as `2027-01-31`. @defaultValue today */
  readonly on?: string;
}

/** All findings of a stack without a valid waiver; an expired waiver is an additional finding. */
export function judge(stack: StackSubject, options: JudgeOptions = {}): readonly Finding[] {
  return settle(
    rules.flatMap((rule) => findingsOfRule(rule, stack)),
    options,
  );
}

/** The findings of one rule. */
export function findingsOfRule(rule: Rule, stack: StackSubject): readonly Finding[] {
  switch (rule.kind) {
    case "container":
      return of(rule, stack.containers);
    case "service":
      return of(rule, servicesOf(stack));
    case "dockerfile":
      return of(rule, stack.dockerfiles);
    case "network":
      return of(rule, stack.networks);
    case "volume":
      return of(rule, stack.volumes);
    case "stack":
      return rule.check(stack).map((found) => finding(rule, found.on ?? "stack", found));
  }
}

type Named = Subjects["container" | "service" | "dockerfile" | "network" | "volume"];

function of<S extends Named>(
  rule: Rule & { readonly check: (subject: S) => readonly Found[] },
  subjects: readonly S[],
): readonly Finding[] {
  return subjects.flatMap((subject) =>
    rule
      .check(subject)
      .map((found) => finding(rule, subject.name, found, "file" in subject ? subject.file : undefined)),
  );
}

function finding(rule: Rule, on: string, { text, line }: Found, file?: string): Finding {
  const { id, severity, kind, title, remediation, reference } = rule;
  const place = file === undefined ? undefined : line === undefined ? file : `${file}:${String(line)}`;
  return {
    id: `${id}:${on}`,
    rule: id,
    severity,
    kind,
    on,
    title,
    text,
    remediation,
    reference,
    ...(place !== undefined && { place }),
  };
}

/** Removes waived findings and duplicates, adds expired waivers, and sorts the result. */
export function settle(findings: readonly Finding[], options: JudgeOptions): readonly Finding[] {
  const waivers = checkWaivers(options.waivers ?? [], ruleIds);
  const day = options.on ?? today();
  const left = findings.filter(
    (each) => !waivers.some((waiver) => covers(waiver, each) && waiver.until >= day),
  );
  const expired = waivers.filter(({ until }) => until < day).map(expiredFinding);
  return unique([...left, ...expired]).sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || compare(a, b),
  );
}

const ruleIds: readonly string[] = rules.map(({ id }) => id);
const key = ({ id, place = "", text }: Finding): string => [id, place, text].join("\0");
const compare = (a: Finding, b: Finding): number => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);

/** Replicas have the same findings. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [key(each), each])).values()];
}

function covers({ rule, on }: Waiver, finding: Finding): boolean {
  return rule === finding.rule && (on === undefined || on === finding.on);
}

/** The rule id of a finding about an expired waiver. */
export const EXPIRED = "waiver-expired";

function expiredFinding({ rule, on = "", until, reason }: Waiver): Finding {
  return {
    id: `${EXPIRED}:${rule}${on === "" ? "" : `:${on}`}`,
    rule: EXPIRED,
    severity: "high",
    kind: "stack",
    on: on === "" ? rule : on,
    title: "A waiver has expired",
    text: `the waiver of ${rule} expired on ${until} (${reason})`,
    remediation: "fix the finding, or set a new date",
    reference: "dockwright",
  };
}

/** Whether a finding has at least this severity. */
export function isAtLeast({ severity }: { readonly severity: Severity }, bound: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(bound);
}

/** One line of text: `container web: runs privileged; remove privileged ... (privileged, CIS 1.6.0 5.5)`. */
export function describe({ kind, on, text, remediation, rule, reference }: Finding): string {
  return `${kind === "stack" ? "" : `${kind} `}${on}: ${text}; ${remediation} (${rule}, ${reference})`;
}
