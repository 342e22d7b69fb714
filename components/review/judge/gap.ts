/** How long nothing runs where the old container goes before the new one is ready. */

import { numberOf } from "../../policy/read/values";
import { gap } from "../../values/outage";
import type { Step } from "../step";

export function gapText({ before, after }: Step): string {
  return gap(numberOf(before?.inputs["destroyGraceSeconds"]) ?? 10, after?.inputs["healthcheck"]);
}
