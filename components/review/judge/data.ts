/** The impact on data: lost, or kept but no longer used. */

import { unmounted } from "../../provider/mounted";
import { readVolume } from "../../provider/objects";
import { type Impact, impact } from "../impact";
import { type LiveFacts, liveText, makerText } from "../live";
import { type Plan, types } from "../plan";
import type { Step } from "../step";

export function judgeData(step: Step, plan: Plan, live: LiveFacts | undefined): Impact[] {
  if (step.type === types.volume) return judgeVolume(step, live);
  return step.type === types.container && step.operation === "replace" ? judgeMounts(step, plan) : [];
}

function judgeVolume(step: Step, live: LiveFacts | undefined): Impact[] {
  const { operation, before, after } = step;
  const name = readVolume(before?.inputs ?? {}).name ?? step.name;
  const facts = liveText(live, name);
  const { changes } = step;
  switch (operation) {
    case "create": {
      const wanted = readVolume(after?.inputs ?? {}).name;
      const maker = makerText(live, wanted);
      return [
        maker === undefined
          ? impact("addition", "is new, and empty unless the host has a volume with this name")
          : impact("addition", `uses ${wanted ?? ""} of the host with its data, ${maker}`, {
              facts: liveText(live, wanted ?? ""),
            }),
      ];
    }
    case "update":
      return [impact("in-place", "is changed", step)];
    case "same":
      return before?.retained === true && after?.retained === false
        ? [impact("in-place", "from now on its data is deleted when it is removed or the stack is destroyed")]
        : [];
    case "delete":
      return [
        before?.retained === true
          ? impact("data-left-behind", `is no longer in the stack; the host keeps ${name} with its data`, {
              facts,
            })
          : impact("data-loss", `${name} is removed with its data`, { facts }),
      ];
    case "replace":
      return [
        before?.retained === true
          ? impact(
              "data-left-behind",
              `it is replaced by a new, empty volume; the host keeps ${name} with the data`,
              { facts, changes },
            )
          : impact("data-loss", `${name} is removed with its data and replaced by an empty one`, {
              facts,
              changes,
            }),
      ];
  }
}

/** The volume at a path changes, or is removed. The removal or replacement of a volume itself is reported for the volume. */
function judgeMounts(step: Step, plan: Plan): Impact[] {
  const gone = plan
    .sourcesOf(step, types.volume, "volumes")
    .filter(({ operation }) => operation === "replace" || operation === "delete")
    .map(({ before: old }) => readVolume(old?.inputs ?? {}).name);
  return unmounted(step.before?.inputs ?? {}, step.after?.inputs ?? {})
    .filter(({ volume }) => !gone.includes(volume))
    .map(({ path, text }) =>
      impact("data-left-behind", text, {
        changes: step.changes.filter((each) => each.path.startsWith(`volumes["${path}"]`)),
      }),
    );
}
