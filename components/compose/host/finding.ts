/** An error or a warning of a plan. */

import type { Path } from "../source/node";

export interface PlanFinding {
  readonly path: Path;
  /** The rule and the remedy: lower case, no final period. */
  readonly text: string;
}

export type Finding = (path: Path, text: string) => void;

export interface Findings {
  readonly faults: PlanFinding[];
  readonly warnings: PlanFinding[];
  /** Reported, and the plan is rejected. */
  readonly fault: Finding;
  /** Reported, and the plan is applied without it. */
  readonly warn: Finding;
}

export function findings(): Findings {
  const faults: PlanFinding[] = [];
  const warnings: PlanFinding[] = [];
  return {
    faults,
    warnings,
    fault: (path, text) => faults.push({ path, text }),
    warn: (path, text) => warnings.push({ path, text }),
  };
}
