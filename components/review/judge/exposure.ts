/** The impact on exposure: who can newly reach it. */

import { networkOpened, opened } from "../../provider/exposure";
import { type Impact, impact } from "../impact";
import { type Plan, types } from "../plan";
import type { Step } from "../step";

export function judgeExposure(step: Step, _plan: Plan): Impact[] {
  if (step.operation === "delete" || step.operation === "same") return [];
  if (step.type === types.network) return judgeNetwork(step);
  return step.type === types.container ? judgePorts(step) : [];
}

function judgeNetwork({ before, after, changes }: Step): Impact[] {
  const text = networkOpened(before?.inputs, after?.inputs ?? {});
  if (text === undefined) return [];
  return [impact("exposure", text, { changes: changes.filter(({ path }) => path === "internal") })];
}

function judgePorts({ before, after, changes }: Step): Impact[] {
  const ofPorts = changes.filter(({ path }) => /^(ports|networkMode)\b/.test(path));
  return opened(before?.inputs, after?.inputs ?? {}).map((text) =>
    impact("exposure", text, { changes: ofPorts }),
  );
}
