/** How long nothing runs where the old container goes before the new one is ready. */

import { readContainer } from "../../provider/container";
import { STOP_GRACE_SECONDS } from "../../values/update";
import type { Step } from "../step";

/** Both ends are bounds; the usual gap is a second or two more than the program takes to stop and to start. */
export function gapText({ before, after }: Step): string {
  const stop = readContainer(before?.inputs ?? {}).stopGraceSeconds ?? STOP_GRACE_SECONDS;
  const ready = readContainer(after?.inputs ?? {}).healthyWithin;
  return ready === undefined
    ? `nothing runs until it has stopped (at most ${String(stop)} s) and the new one runs`
    : `nothing runs until it has stopped (at most ${String(stop)} s) and the new one is healthy (at most ${String(ready)} s)`;
}
