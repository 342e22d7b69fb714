/** The impacts of a change on the users of the stack, worst first. */

import type { FieldChange } from "./step";

export const impactKinds = [
  "data-loss",
  "outage",
  "privilege",
  "exposure",
  "takeover",
  "down-now",
  "data-left-behind",
  "restarts-others",
  "secret-rotation",
  "replacement",
  "removal",
  "in-place",
  "addition",
] as const;

export type ImpactKind = (typeof impactKinds)[number];

/** The name of a kind in a report. */
export const impactWords: Readonly<Record<ImpactKind, string>> = {
  "data-loss": "data loss",
  outage: "brief outage",
  privilege: "privilege widened",
  exposure: "exposure widened",
  takeover: "takeover",
  "down-now": "down now",
  "data-left-behind": "data left behind",
  "restarts-others": "restarts others",
  "secret-rotation": "secret rotated",
  replacement: "replaced without outage",
  removal: "removed",
  "in-place": "changed in place",
  addition: "added",
};

/** The kinds that can require approval. */
export const riskKinds = ["data-loss", "outage", "exposure", "privilege"] as const;

export type RiskKind = (typeof riskKinds)[number];

export interface Impact {
  readonly kind: ImpactKind;
  /** For an outage: it is permanent. */
  readonly lasts: boolean;
  /** The reason, as a clause. */
  readonly reason: string;
  /** Facts from the host, as a clause; empty if unknown. */
  readonly facts: string;
  /** The fields that caused it. */
  readonly changes: readonly FieldChange[];
}

/** An impact with its defaults filled in. */
export function impact(
  kind: ImpactKind,
  reason: string,
  { changes = [], lasts = false, facts = "" }: Partial<Pick<Impact, "changes" | "lasts" | "facts">> = {},
): Impact {
  return { kind, reason, facts, changes, lasts };
}

/** The reason, with the facts from the host. */
export function reasonText({ reason, facts }: Pick<Impact, "reason" | "facts">): string {
  return [reason, facts].filter((part) => part !== "").join("; ");
}

export function impactWord({ kind, lasts }: Pick<Impact, "kind" | "lasts">): string {
  return kind === "outage" && lasts ? "permanent outage" : impactWords[kind];
}

/** Negative if the first is worse than the second. */
export function byWorst(one: Pick<Impact, "kind" | "lasts">, other: Pick<Impact, "kind" | "lasts">): number {
  const rank = ({ kind, lasts }: Pick<Impact, "kind" | "lasts">): number =>
    impactKinds.indexOf(kind) * 2 + (lasts ? 0 : 1);
  return rank(one) - rank(other);
}
