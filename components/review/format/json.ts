/** For programs. What is added later keeps the version; what changes its meaning raises it. */

import { jsonText } from "../../core/text/visible";
import { type Review, worstKind } from "../classify";
import { verdict } from "../verdict";

const SCHEMA_VERSION = 1;

export function json(review: Review): string {
  const { project, stack, components, unchanged, notes, blind } = review;
  const report = {
    schemaVersion: SCHEMA_VERSION,
    project,
    stack,
    verdict: verdict(review),
    worst: worstKind(review) ?? "no-op",
    unchanged,
    components,
    notes,
    ...(blind !== undefined && { blind }),
  };
  return `${jsonText(report)}\n`;
}
