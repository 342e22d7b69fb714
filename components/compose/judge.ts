/** All that is said of a project: what makes it impossible here, what is left out, and the plan. */

import type { ComposeFault } from "./faults";
import type { Loaded } from "./load";
import type { Path } from "./node";
import { type ComposePlan, planProject } from "./plan/plan";
import { refusals } from "./plan/refusals";

export interface Judged {
  /** To be carried out only where there is no error. */
  readonly plan: ComposePlan;
  /** Each with its place in the files. */
  readonly errors: readonly ComposeFault[];
  readonly warnings: readonly ComposeFault[];
}

/** @param overridden services of which a program says something itself: what comes of that, only the component knows */
export function judgeProject(
  { model, warnings, unsupported, placed, isWritten }: Loaded,
  overridden: readonly string[] = [],
): Judged {
  const { plan, faults, warnings: left } = planProject(model);
  const of = (severity: "error" | "warning"): ComposeFault[] =>
    unsupported.filter((each) => each.severity === severity);
  // What the table of limits says of a key is not said again by the plan.
  const others = faults.filter(({ path }) => !unsupported.some((each) => isWithin(path, each.path)));
  const asWritten = { ...plan, services: plan.services.filter(({ name }) => !overridden.includes(name)) };
  // What the plan says of a key is not said again by the component.
  const refused = refusals(asWritten, isWritten).filter(
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
