/** The SARIF 2.1.0 format, which GitHub and editors show at the line of the program. */

import { createHash } from "node:crypto";

import { jsonText } from "../../core/text/visible";
import type { ComponentImpact, ComponentReview, Review } from "../classify";
import { type ImpactKind, impactKinds, impactWord, impactWords } from "../impact";
import { needsAttention } from "./rows";

const levels: Readonly<Partial<Record<ImpactKind, "error" | "warning">>> = {
  "data-loss": "error",
  privilege: "error",
  exposure: "error",
  outage: "warning",
  takeover: "warning",
  "down-now": "warning",
  "data-left-behind": "warning",
};

const rules = impactKinds.filter(needsAttention);

export function sarif(review: Review): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "dockwright review",
            rules: rules.map((kind) => ({
              id: kind,
              shortDescription: { text: impactWords[kind] },
              defaultConfiguration: { level: levels[kind] ?? "note" },
            })),
          },
        },
        // A later run on the same stack replaces this one.
        automationDetails: { id: `dockwright-review/${review.project}/${review.stack}/` },
        results: review.components.flatMap((component) =>
          component.impacts
            .filter(({ kind }) => needsAttention(kind))
            .map((impact) => resultOf(component, impact)),
        ),
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

function resultOf({ title, urn, source }: ComponentReview, impact: ComponentImpact): object {
  const { kind, reason } = impact;
  return {
    ruleId: kind,
    ruleIndex: rules.indexOf(kind),
    level: levels[kind] ?? "note",
    message: { text: `${title}: ${impactWord(impact)}: ${reason}` },
    locations: [
      {
        physicalLocation: {
          // A removed object no longer has a line in the program.
          artifactLocation: { uri: source?.file ?? "Pulumi.yaml" },
          region: { startLine: source?.line ?? 1 },
        },
        logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    partialFingerprints: {
      "dockwright/v1": createHash("sha256")
        .update(JSON.stringify([urn, kind, reason]))
        .digest("hex"),
    },
  };
}
