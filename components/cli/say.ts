/** Output of the commands on stderr: one line for an action, four lines for an error. */

import { visible } from "../core/text/visible";

/** `==> lock: ...`, like the tools of the repository. */
export function say(topic: string, text: string): void {
  process.stderr.write(visible(`==> ${topic}: ${text}\n`));
}

/** Why a command ends without doing its work. */
export interface Refusal {
  readonly what: string;
  readonly why: string;
  /** The current state. */
  readonly now: string;
  /** The next command. */
  readonly next: string;
}

export function formatRefusal({ what, why, now, next }: Refusal): string {
  return visible(`error: ${what}\n  why   ${why}\n  now   ${now}\n  next  ${next}\n`);
}

/** `1 warning`, `2 warnings`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
