/** The impact on privileges: what it can newly do to the host. */

import { widened } from "../../provider/powers";
import { type Impact, impact } from "../impact";
import { types } from "../plan";
import type { Step } from "../step";

export function judgePrivilege(step: Step): Impact[] {
  const { type, operation, before, after, changes } = step;
  if (type !== types.container || operation === "delete" || operation === "same") return [];
  return widened(before?.inputs, after?.inputs ?? {}).map(({ text, fields }) =>
    impact("privilege", text, { changes: changes.filter(({ path }) => fields.test(path)) }),
  );
}
