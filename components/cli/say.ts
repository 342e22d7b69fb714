/** How the command speaks: on stderr, one calm line for what it did, and four facts for what it will not do. */

import { visible } from "../core/text/visible";

/** `==> lock: ...`, as the tools of the repository say it. */
export function say(topic: string, text: string): void {
  process.stderr.write(visible(`==> ${topic}: ${text}\n`));
}

/** Why the command ends without having done what it was asked for. */
export interface Refusal {
  readonly what: string;
  readonly why: string;
  /** The state that things are in. */
  readonly now: string;
  /** The next command to type. */
  readonly next: string;
}

export function formatRefusal({ what, why, now, next }: Refusal): string {
  return visible(`error: ${what}\n  why   ${why}\n  now   ${now}\n  next  ${next}\n`);
}

/** `1 warning`, `2 warnings`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
