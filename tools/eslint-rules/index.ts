/** The rules for components, as one plugin. */

import { childHasParent } from "./child-has-parent";
import { childNameFromName } from "./child-name-from-name";
import { noResourceInApply } from "./no-resource-in-apply";
import { registerOutputsLast } from "./register-outputs-last";

export { inComponents, noConfig, noPartialTests } from "./restrictions";

export const rules = {
  "child-has-parent": childHasParent,
  "child-name-from-name": childNameFromName,
  "no-resource-in-apply": noResourceInApply,
  "register-outputs-last": registerOutputsLast,
};
