/** What a rule is. */

import type { Kind, Subjects } from "./subject";

/** Worst first. */
export const severities = ["high", "medium", "low"] as const;

export type Severity = (typeof severities)[number];

/** One thing that a rule found. */
export interface Found {
  /** What is there, in one clause; never the value of a secret. */
  readonly text: string;
  /** The name of what it is about, where a rule looks at a whole stack. */
  readonly on?: string;
  /** In the Dockerfile. */
  readonly line?: number;
}

/** A rule about one kind of subject. */
export interface RuleOf<K extends Kind> {
  /** Lower case and hyphens; never changes, for waivers name it. */
  readonly id: string;
  readonly kind: K;
  readonly title: string;
  readonly severity: Severity;
  /** Where others say the same. */
  readonly reference: string;
  /** Why it matters. */
  readonly text: string;
  /** What to do. */
  readonly remediation: string;
  /** True for a rule that also needs to know the image of a container. */
  readonly needsImage?: boolean;
  readonly check: (subject: Subjects[K]) => readonly Found[];
}

/** A rule about any kind of subject. */
export type Rule = { [K in Kind]: RuleOf<K> }[Kind];

/** CIS Docker Benchmark 1.6.0. */
export const cis = (section: string): string => `CIS 1.6.0 ${section}`;

/** One finding where it holds. */
export function when(holds: boolean, text: string): readonly Found[] {
  return holds ? [{ text }] : [];
}

/** One finding that names all that was found; none where nothing was. */
export function listing(what: string, found: readonly string[]): readonly Found[] {
  return when(found.length > 0, `${what} ${[...new Set(found)].sort().join(", ")}`);
}

/** Names of variables, arguments and options that hold a secret; a name that ends in `_FILE` says where one is. */
export function isSecretName(name: string): boolean {
  return (
    /(^|[_-])(password|passwd|pwd|passphrase|secret|token|api_?key|access_?key|private_?key|credentials?)s?($|[_-])/i.test(
      name,
    ) && !/(_FILE|_PATH|_URL|_NAME|_TTL|_SECONDS|_LENGTH)$/i.test(name)
  );
}
