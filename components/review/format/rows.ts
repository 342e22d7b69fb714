/** The rows of the table of risks, for Markdown and the terminal. */

import type { ComponentReview, Review } from "../classify";
import { byWorst, type Impact, type ImpactKind, impactWord, reasonText } from "../impact";
import { nameList } from "../plan";
import type { FieldChange } from "../step";

export interface Row {
  readonly kind: ImpactKind;
  readonly word: string;
  /** `container "web"`, or several of them. */
  readonly what: string;
  readonly why: string;
}

/** Impacts that need no attention: listed by name, with the reasons in the details. */
const calm: readonly ImpactKind[] = ["replacement", "removal", "in-place", "addition"];

export function needsAttention(kind: ImpactKind): boolean {
  return !calm.includes(kind);
}

/** One row per kind and reason, worst first. */
export function rowsOf({ components }: Review): Row[] {
  const groups = new Map<string, { impact: Impact; of: ComponentReview[] }>();
  const all = components.flatMap((of) => shownOf(of).map((impact) => ({ of, impact })));
  for (const { of, impact } of all.sort((one, other) => byWorst(one.impact, other.impact))) {
    const attention = needsAttention(impact.kind);
    const key = JSON.stringify([impact.kind, impact.lasts, attention ? reasonText(impact) : ""]);
    const group = groups.get(key) ?? { impact, of: [] };
    if (!group.of.includes(of)) group.of.push(of);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ impact, of }) => ({
    kind: impact.kind,
    word: impactWord(impact),
    what: nameList(
      of.map(({ title }) => title),
      8,
    ),
    why: needsAttention(impact.kind) ? reasonText(impact) : "",
  }));
}

/** An impact that needs no attention has no row if another impact of the component does. */
function shownOf({ impacts }: ComponentReview): Impact[] {
  const attention = impacts.filter(({ kind }) => needsAttention(kind));
  const [worst] = impacts;
  return attention.length > 0 || worst === undefined ? attention : [worst];
}

const LONGEST = 160;

/** A value on one line, truncated if it is long. */
export function shortValue(value: string | undefined): string {
  if (value === undefined) return "";
  const line = value.replaceAll("\r", "").replaceAll("\n", "\\n");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}... (${String(line.length)} characters)` : line;
}

/** A change as text; for a secret only that it differs. */
export function isMasked({ before, after }: FieldChange): boolean {
  return before === "[secret]" && after === "[secret]";
}

export function stayText({ unchanged, components }: Review): string {
  if (unchanged === 0) return "";
  const also = components.length > 0 ? "other " : "";
  return `${String(unchanged)} ${also}component${unchanged === 1 ? " is unchanged" : "s are unchanged"}.`;
}
