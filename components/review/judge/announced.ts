/** The consequences that the run itself announced: it also reads the host, so they take precedence over the preview. */

import type { ConsequenceKind } from "../../provider/consequence";
import { type Impact, impact, type ImpactKind } from "../impact";
import type { Plan } from "../plan";
import type { Step } from "../step";

const kinds: Readonly<Record<ConsequenceKind, readonly [ImpactKind, boolean]>> = {
  "data loss": ["data-loss", false],
  "permanent outage": ["outage", true],
  "brief outage": ["outage", false],
  "privilege widened": ["privilege", false],
  "exposure widened": ["exposure", false],
  takeover: ["takeover", false],
  "down now": ["down-now", false],
  "data left behind": ["data-left-behind", false],
};

/** With these announcements, the old container does not serve until the new one is ready. */
const interrupting: readonly ImpactKind[] = ["outage", "down-now"];

/** The impacts of a step, including the announced ones. */
export function withAnnounced(judged: readonly Impact[], step: Step, plan: Plan): Impact[] {
  const announced = plan.announcedOf(step).map(({ kind: word, why }): Impact => {
    const [kind, lasts] = kinds[word];
    return impact(kind, why, { lasts, changes: interrupting.includes(kind) ? step.changes : [] });
  });
  const interrupted = announced.some(({ kind }) => interrupting.includes(kind));
  const isSame = (one: Impact, other: Impact): boolean =>
    one.kind === other.kind && one.lasts === other.lasts;
  return [
    ...judged.filter(
      ({ kind, lasts }) => !(interrupted && (kind === "replacement" || (kind === "outage" && !lasts))),
    ),
    // An impact in both keeps the fields and the facts from the host.
    ...announced.filter(
      (each) => interrupting.includes(each.kind) || !judged.some((other) => isSame(other, each)),
    ),
  ];
}
