/** What becomes of data: lost, or kept where nothing reads it any more. */

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
          ? impact("addition", "is new, and empty unless the host has a volume of its name")
          : impact("addition", `uses ${wanted ?? ""} of the host with its data, which ${maker}`, {
              facts: liveText(live, wanted ?? ""),
            }),
      ];
    }
    case "update":
      return [impact("in-place", "is changed", step)];
    case "same":
      return before?.retained === true && after?.retained === false
        ? [impact("in-place", "from now on its data goes when it is removed or the stack is destroyed")]
        : [];
    case "delete":
      return [
        before?.retained === true
          ? impact("data-left-behind", `leaves the stack; the host keeps ${name} with its data`, { facts })
          : impact("data-loss", `${name} is removed with its data`, { facts }),
      ];
    case "replace":
      return [
        before?.retained === true
          ? impact(
              "data-left-behind",
              `a new, empty volume takes its place; the host keeps ${name} with the data`,
              { facts, changes },
            )
          : impact("data-loss", `${name} is removed with its data, and an empty one takes its place`, {
              facts,
              changes,
            }),
      ];
  }
}

/** A volume at a path is another one, or none. That a volume itself goes or is made anew is told of the volume. */
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
