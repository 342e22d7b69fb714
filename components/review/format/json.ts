/** The JSON format. Additions keep the schema version; changes of meaning increase it. */

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
