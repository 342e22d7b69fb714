/** Changed secrets, restarts of other containers, and resources other than containers. */

import { readImage } from "../../provider/objects";
import { type Impact, impact } from "../impact";
import { isComponent, nameList, type Plan, types } from "../plan";
import type { Step } from "../step";
import { fieldWord } from "../words";

export function judgeSecrets(step: Step): Impact[] {
  const changes = step.changes.filter(({ before, after }) => before === "[secret]" && after === "[secret]");
  if (changes.length === 0) return [];
  const fields = nameList(changes.map(({ path }) => fieldWord(path, step.type)));
  // Pulumi masks files and secrets together, and does not report which of them differs.
  const what = changes.every(({ path }) => path === "uploads")
    ? "a changed secret or file"
    : "a changed secret";
  return [impact("secret-rotation", `${what} in ${fields}`, { changes })];
}

export function judgeRestarts(step: Step, plan: Plan): Impact[] {
  if (step.type === types.container || step.operation !== "replace") return [];
  const names = plan
    .restartedBy(step)
    .map(({ name }) => name)
    .sort();
  return names.length === 0
    ? []
    : [
        impact(
          "restarts-others",
          `${nameList(names, 6)} restart${names.length === 1 ? "s" : ""} because of it`,
          step,
        ),
      ];
}

export function judgeRest(step: Step, plan: Plan): Impact[] {
  const { type, operation } = step;
  if (type === types.container || type === types.volume || type === types.stack || operation === "same")
    return [];
  if (type === types.routes)
    return operation === "update" ? [impact("in-place", routesText(step), step)] : [];
  if (type === types.service || type === types.spec) return [];
  // Its parts are reported separately, except its own declarations.
  if (isComponent(step))
    return operation === "update" && step.changes.length > 0 ? [impact("in-place", "is changed", step)] : [];
  if (operation === "create") return [impact("addition", "")];
  if (operation === "delete") return [impact("removal", "")];
  if (operation === "update") return [impact("in-place", "is changed", step)];
  if (type === types.image) return [impact("in-place", imageText(step), step)];
  if (type === types.network || type.startsWith("docker:"))
    return plan.restartedBy(step).length > 0 ? [] : [impact("in-place", "is replaced", step)];
  return [impact("outage", "is replaced; dockwright does not know what that interrupts", step)];
}

function routesText({ changes }: Step): string {
  const what = changes.every(({ path }) => path.endsWith(".to"))
    ? "its traffic is switched to the new containers"
    : "its routes are reloaded";
  return `${what}: requests continue, WebSockets are closed`;
}

function imageText({ changes, after }: Step): string {
  const parts = changes.flatMap(({ path }) => /^triggers(?:\["(.+)"\]|\.(.+))$/.exec(path)?.slice(1) ?? []);
  const named = parts.filter((part): part is string => (part as string | undefined) !== undefined);
  if (named.length > 0) return `is rebuilt: ${nameList(named, 4)} changed`;
  const { isBuilt, reference } = readImage(after?.inputs ?? {});
  return isBuilt ? "is rebuilt" : `is pulled as ${reference ?? "another reference"}`;
}
