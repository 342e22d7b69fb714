/** Approvals, and whether a plan exceeds one. */

import { createHash } from "node:crypto";

import { z } from "zod";

import type { ComponentImpact, ComponentReview, Review } from "./classify";
import { type ImpactKind, impactKinds, impactWord } from "./impact";
import { verdict } from "./verdict";

const accepted = z.object({
  urn: z.string(),
  kind: z.enum(impactKinds),
  lasts: z.boolean(),
  reason: z.string(),
});

const file = z.object({
  schemaVersion: z.literal(1),
  project: z.string(),
  stack: z.string(),
  verdict: z.string(),
  /** A digest of the whole approval: an edited file is refused, and two files are compared by it. */
  digest: z.string(),
  accepted: z.array(accepted),
});

export type Approval = z.infer<typeof file>;
type Accepted = z.infer<typeof accepted>;

/** An approval contains only names and reasons, no field values. */
export function approvalOf(review: Review): Approval {
  const all = review.components
    .flatMap(({ urn, impacts }) =>
      impacts.map(({ kind, lasts, reason }): Accepted => ({ urn, kind, lasts, reason })),
    )
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const { project, stack } = review;
  const digest = digestOf({ project, stack, accepted: all });
  return { schemaVersion: 1, project, stack, verdict: verdict(review), digest, accepted: all };
}

function digestOf(approval: Pick<Approval, "project" | "stack" | "accepted">): string {
  const accepted = approval.accepted.map(({ urn, kind, lasts, reason }) => ({ urn, kind, lasts, reason }));
  return createHash("sha256")
    .update(JSON.stringify([approval.project, approval.stack, accepted]))
    .digest("hex");
}

/** @throws Error - the fault of the file. */
export function readApproval(text: string): Approval {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error("it is not valid JSON");
  }
  const found = file.safeParse(parsed);
  if (found.success && found.data.digest === digestOf(found.data)) return found.data;
  if (found.success) throw new Error("it was edited after it was recorded: its digest does not match");
  const [issue] = found.error.issues;
  throw new Error(`it is not an approval: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

/** From mild to severe: an approved outage includes a replacement without one. */
const ladder: readonly ImpactKind[] = ["addition", "in-place", "removal", "replacement", "outage"];

/** For these kinds the reason must match: another port or capability was not approved. */
const exact: readonly ImpactKind[] = ["data-loss", "data-left-behind", "privilege", "exposure", "takeover"];

/** Each impact that exceeds the approval, one line each. */
export function beyond(approval: Approval, { components }: Review): string[] {
  return components.flatMap((component) =>
    component.impacts.flatMap((impact) => {
      const mine = approval.accepted.filter(({ urn }) => urn === component.urn);
      return mine.some((each) => covers(each, impact)) ? [] : [lineOf(component, impact, mine)];
    }),
  );
}

function covers(given: Accepted, { kind, lasts, reason }: ComponentImpact): boolean {
  if (exact.includes(kind)) return given.kind === kind && given.reason === reason;
  // Starting a container that is down does no harm.
  if (kind === "down-now") return true;
  if (!ladder.includes(kind)) return given.kind === kind;
  const step = (of: Pick<ComponentImpact, "kind" | "lasts">): number =>
    ladder.indexOf(of.kind) + (of.lasts ? 1 : 0);
  return step(given) >= step({ kind, lasts });
}

function lineOf({ title }: ComponentReview, impact: ComponentImpact, mine: readonly Accepted[]): string {
  const words = [...new Set(mine.map(impactWord))].join(", ");
  const reason = impact.reason === "" ? "" : `: ${impact.reason}`;
  return `${title}: ${impactWord(impact)}${reason} (accepted: ${words === "" ? "no change" : words})`;
}
