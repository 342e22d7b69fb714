/** How long nothing runs if the old container stops before the new one is ready. */

import { gap } from "../../provider/outage";
import type { Step } from "../step";

export function gapText({ before, after }: Step): string {
  return gap(before?.inputs ?? {}, after?.inputs ?? {});
}
