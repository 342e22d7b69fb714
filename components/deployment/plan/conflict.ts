/** Conflicts on the host, found before anything is changed. */

import { failureText } from "../../core/text/failure-report";

export interface Conflict {
  /** Such as `container "web"`. */
  readonly what: string;
  readonly why: string;
  /** The command or the change that resolves it. */
  readonly next: string;
}

/** All of them in one error. */
export function conflictsText(conflicts: readonly Conflict[]): string {
  return conflicts
    .map(({ what, why, next }) =>
      failureText({ what, why, now: "nothing was changed", next: `${next}; then run pulumi up again` }),
    )
    .join("\n");
}
