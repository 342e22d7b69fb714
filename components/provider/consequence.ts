/**
 * The consequences of a run for users and data, as a preview prints them: one line per component, and one for the whole
 * run. Formatted and parsed here.
 */

/** Worst first. */
export const consequenceKinds = [
  "data loss",
  "permanent outage",
  "brief outage",
  "privilege widened",
  "exposure widened",
  "takeover",
  "down now",
  "data left behind",
] as const;

export type ConsequenceKind = (typeof consequenceKinds)[number];

export interface Consequence {
  readonly kind: ConsequenceKind;
  /** Such as `container "web"`. */
  readonly what: string;
  /** The reason, as a clause. */
  readonly why: string;
}

/** How clauses without a kind prefix are recognised. */
const signs: readonly (readonly [ConsequenceKind, RegExp])[] = [
  ["takeover", / is taken over\b/],
  ["data loss", / no longer exists on the host, and its data is lost; .*\bEMPTY$/],
];
const signOf = (why: string): ConsequenceKind | undefined => signs.find(([, sign]) => sign.test(why))?.[0];

/** The line of one component: kind and reason of each consequence, worst first. */
export function consequenceText(what: string, consequences: readonly Omit<Consequence, "what">[]): string {
  const of = (kind: ConsequenceKind): string[] => {
    const reasons = [...new Set(consequences.filter((each) => each.kind === kind).map(({ why }) => why))];
    if (reasons.length === 0) return [];
    const text = reasons.join("; ");
    return [signOf(text) === undefined ? `${kind}: ${text}` : text];
  };
  return `${what}: ${consequenceKinds.flatMap(of).join("; ")}`;
}

const line = /^([a-z]+(?: [a-z]+)? "[^"]*"): (.+)$/s;
const heading = new RegExp(`(?:^|; )(${consequenceKinds.join("|")}): `, "g");

/** Parses such a line; empty for any other text. */
export function readConsequences(text: string): Consequence[] {
  const [, what, rest] = line.exec(text) ?? [];
  if (what === undefined || rest === undefined) return [];
  const kind = signOf(rest);
  if (kind !== undefined) return [{ kind, what, why: rest }];
  const parts = rest.split(heading);
  if (parts[0] !== "") return [];
  return parts.flatMap((part, index) =>
    index % 2 === 1 ? [{ kind: part as ConsequenceKind, what, why: parts[index + 1] ?? "" }] : [],
  );
}

const VERDICT = "verdict: ";

/** One line for the run, worst first; undefined if nothing needs attention. */
export function closingLine(all: readonly Pick<Consequence, "kind" | "what">[]): string | undefined {
  const parts = consequenceKinds.flatMap((kind) => {
    const names = [...new Set(all.filter((each) => each.kind === kind).map(({ what }) => what))].sort();
    if (names.length === 0) return [];
    return [`${kind}${kind === "down now" ? ":" : " of"} ${names.join(", ")}`];
  });
  return parts.length === 0 ? undefined : `${VERDICT}${parts.join("; ")}`;
}

export function isClosingLine(text: string): boolean {
  return text.startsWith(VERDICT);
}
