/** The availability of a container during the change. */

import { readConsequences } from "../../provider/consequence";
import { readNetwork } from "../../provider/objects";
import { stopsFirst } from "../../provider/outage";
import { type Impact, impact } from "../impact";
import { labelsOf, nameList, type Plan, titleOf, types } from "../plan";
import type { Step } from "../step";
import { gapText } from "./gap";

export function judgeAvailability(step: Step, plan: Plan): Impact[] {
  if (step.type !== types.container) return [];
  const isJob = labelsOf(step)["io.dockwright.kind"] === "job";
  switch (step.operation) {
    case "same":
      return [];
    case "create":
      return movedFrom(step, plan) === undefined
        ? [impact("addition", isJob ? "runs once" : "")]
        : [impact("replacement", "moves to another host: it is ready there before the old one is removed")];
    case "update":
      return [
        impact(
          "in-place",
          isJob ? "is changed; it does not run again" : "is changed while it is running",
          step,
        ),
      ];
    case "delete":
      return movedFrom(step, plan) === undefined ? [removed(step, plan, isJob)] : [];
    case "replace":
      return [isJob ? impact("in-place", `runs once more${why(step, plan)}`, step) : replaced(step, plan)];
  }
}

/** The other half of a move: the same component, on another host. */
function movedFrom(step: Step, plan: Plan): Step | undefined {
  const other = step.operation === "create" ? "delete" : "create";
  return plan.steps.find(
    (each) => each.type === step.type && each.operation === other && each.parent === step.parent,
  );
}

function removed(step: Step, plan: Plan, isJob: boolean): Impact {
  if (isJob) return impact("removal", "is removed; its effects remain");
  const left = plan.siblingsOf(step);
  return left.length > 0
    ? impact("removal", `is removed; ${nameList(left.map(({ name }) => name))} of the same service stays`)
    : impact("outage", "is removed without a replacement", { lasts: true });
}

function replaced(step: Step, plan: Plan): Impact {
  const below = [types.network, types.volume]
    .flatMap((type) => plan.sourcesOf(step, type))
    // A new overlay network is created before the old one is removed.
    .filter(
      ({ operation, after }) =>
        operation === "replace" && readNetwork(after?.inputs ?? {}).driver !== "overlay",
    );
  if (below.length > 0) {
    const titles = nameList(below.map((each) => titleOf(plan.ownerOf(each))));
    return impact(
      "outage",
      `stops before ${titles} is replaced, and starts again afterwards; ${gapText(step)}`,
      step,
    );
  }
  const reasons = stopFirstReasons(step);
  return reasons === undefined
    ? impact("replacement", `the new one is ready before the old one is removed${why(step, plan)}`, step)
    : impact("outage", `${reasons}${why(step, plan)}; ${gapText(step)}`, step);
}

/** Undefined if the new container starts before the old one stops. */
function stopFirstReasons({ after }: Step): string | undefined {
  return stopsFirst(after?.inputs ?? {}, after?.order);
}

/** The cause of the replacement, if the fields do not show it. */
function why(step: Step, plan: Plan): string {
  const said = plan
    .saidOf(step)
    .filter(({ severity, text }) => severity === "warning" && readConsequences(text).length === 0);
  if (said.length > 0)
    return ` (on the host: ${said.map(({ text }) => text.replace(/^[^:]*: /, "")).join("; ")})`;
  if (!step.changes.some(({ path }) => path === "image")) return "";
  const images = plan
    .sourcesOf(step, types.image, "image")
    .filter(({ operation }) => operation === "replace" || operation === "create")
    .map((source) => plan.ownerOf(source).name);
  return images.length > 0 ? `; its image ${nameList(images)} is new` : "";
}
