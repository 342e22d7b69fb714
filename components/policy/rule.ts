/** The type of a rule. */

import type { Kind, Subjects } from "./subject";

/** Worst first. */
export const severities = ["high", "medium", "low"] as const;

export type Severity = (typeof severities)[number];

/** One violation of a rule. */
export interface Found {
  /** The violation, as a clause; never the value of a secret. */
  readonly text: string;
  /** The name of the object, for a rule about a whole stack. */
  readonly on?: string;
  /** The line in the Dockerfile. */
  readonly line?: number;
}

/** A rule about one kind of subject. */
export interface RuleOf<K extends Kind> {
  /** Lower case and hyphens; it never changes, because waivers refer to it. */
  readonly id: string;
  readonly kind: K;
  readonly title: string;
  readonly severity: Severity;
  /** The corresponding rules of other tools and benchmarks. */
  readonly reference: string;
  /** Why it matters. */
  readonly text: string;
  /** The remedy. */
  readonly remediation: string;
  /** True for a rule that also needs the image of a container. */
  readonly needsImage?: boolean;
  readonly check: (subject: Subjects[K]) => readonly Found[];
}

/** A rule about any kind of subject. */
export type Rule = { [K in Kind]: RuleOf<K> }[Kind];

/** CIS Docker Benchmark 1.6.0. */
export const cis = (section: string): string => `CIS 1.6.0 ${section}`;

/** One finding if the condition is true. */
export function when(holds: boolean, text: string): readonly Found[] {
  return holds ? [{ text }] : [];
}

/** One finding that lists all matches; none without a match. */
export function listing(what: string, found: readonly string[]): readonly Found[] {
  return when(found.length > 0, `${what} ${[...new Set(found)].sort().join(", ")}`);
}

/** Names of variables, arguments and options that contain a secret; a name that ends in `_FILE` is a path. */
export function isSecretName(name: string): boolean {
  return (
    /(^|[_-])(password|passwd|pwd|passphrase|secret|token|api_?key|access_?key|private_?key|credentials?)s?($|[_-])/i.test(
      name,
    ) && !/(_FILE|_PATH|_URL|_NAME|_TTL|_SECONDS|_LENGTH)$/i.test(name)
  );
}
