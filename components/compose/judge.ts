/** Checks a project: errors, warnings and the plan. */

import type { ComposeFault } from "./source/faults";
import type { Loaded } from "./load";
import type { Path } from "./source/node";
import type { PlanFinding } from "./host/finding";
import { type ComposePlan, type Planned, planProject } from "./host/plan";
import type { IsWritten } from "./host/in-file";
import { refusals } from "./host/refusals";
import { planStack, type SwarmPlan } from "./swarm/plan";
import { swarmRefusals } from "./swarm/refusals";

export interface Judged<Plan = ComposePlan> {
  /** Only valid without errors. */
  readonly plan: Plan;
  /** Each with its location in the files. */
  readonly errors: readonly ComposeFault[];
  readonly warnings: readonly ComposeFault[];
}

/** @param overridden services with overrides in the program, which only the component can check */
export function judgeProject(loaded: Loaded, overridden: readonly string[] = []): Judged {
  return judged(loaded, planProject(loaded.model), overridden, refusals);
}

/** The same for a Swarm, for files that were loaded with its limits. */
export function judgeStack(
  loaded: Loaded,
  overridden: readonly string[] = [],
  registry?: string,
): Judged<SwarmPlan> {
  return judged(loaded, planStack(loaded.model, registry), overridden, swarmRefusals);
}

interface Plan {
  readonly services: readonly { readonly name: string }[];
}

function judged<P extends Plan>(
  { warnings, unsupported, placed, isWritten }: Loaded,
  { plan, faults, warnings: left }: Planned<P>,
  overridden: readonly string[],
  refusalsOf: (plan: P, isWritten: IsWritten) => readonly PlanFinding[],
): Judged<P> {
  const of = (severity: "error" | "warning"): ComposeFault[] =>
    unsupported.filter((each) => each.severity === severity);
  // A fault from the table of limits is not repeated by the plan.
  const others = faults.filter(({ path }) => !unsupported.some((each) => isWithin(path, each.path)));
  const asWritten = { ...plan, services: plan.services.filter(({ name }) => !overridden.includes(name)) };
  // A fault from the plan is not repeated by the component.
  const refused = refusalsOf(asWritten, isWritten).filter(
    ({ path }) => !faults.some((each) => isWithin(path, each.path) || isWithin(each.path, path)),
  );
  return {
    plan,
    errors: [...of("error"), ...[...others, ...refused].map(placed)],
    warnings: [...warnings, ...of("warning"), ...left.map(placed)],
  };
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((step, index) => step === path[index]);
}
