/** The error of a failed container: cause, current state and next command. */

import { type FailureReport, failureText } from "../../core/text/failure-report";
import type { HostContainer } from "../live";

interface Failed {
  /** Such as `container "web"`. */
  readonly what: string;
  readonly why: string;
  /** The remedy. @defaultValue correct the cause */
  readonly remedy: string | undefined;
  readonly isJob: boolean;
  readonly failureReport: FailureReport | undefined;
  /** Its name, if it is kept for its log. */
  readonly kept: string | undefined;
  /** Containers that were stopped for it and are running again. */
  readonly restarted: readonly string[];
  /** Other running containers of the component. */
  readonly serving: readonly string[];
  /** The results of rolling back the rest of the run. */
  readonly undone: readonly string[];
  readonly secrets: readonly string[];
}

export function replacementFailure(failed: Failed): string {
  const { what, why, remedy, isJob, failureReport, kept, restarted, serving, undone, secrets } = failed;
  const now = [
    restarted.length > 0
      ? `${restarted.join(", ")} was started again and is serving`
      : serving.length > 0
        ? `${serving.join(", ")} is still serving`
        : isJob
          ? ""
          : "no version of it is running",
    kept === undefined ? "" : `the failed container is kept, stopped, as ${kept}`,
    ...undone,
  ].filter((part) => part !== "");
  return failureText({
    what,
    why,
    failureReport: failureReport?.status === "created" ? { ...failureReport, log: [] } : failureReport,
    now: now.join("; "),
    next: `${remedy ?? "correct the cause"}${kept === undefined ? "" : ` (docker logs ${kept})`}, then run pulumi up again to retry`,
    secrets,
  });
}

/** The error after the switch, when a rollback is no longer possible. */
export function lateFailure(
  what: string,
  hostName: string,
  { why, failureReport, secrets }: Pick<Failed, "why" | "failureReport" | "secrets">,
): string {
  return failureText({
    what,
    why,
    failureReport,
    now: `it is on the host as ${hostName}; the previous version has already been removed`,
    next: `correct the cause (docker logs ${hostName}), or revert the program, then run pulumi up again`,
    secrets,
  });
}

export function missingContainer(what: string, id: string, known: readonly HostContainer[]): string {
  return failureText({
    what,
    why: `Pulumi's state records container ${id.slice(0, 12)}, which is not on the host`,
    now:
      known.length === 0
        ? "no version of it is running"
        : `running: ${known.map(({ name }) => name).join(", ")}`,
    next: "pulumi up --refresh, which recreates it",
  });
}

/** @param kept the name under which the new container is kept; undefined if it never ran */
export function rolledBack(what: string, names: readonly string[], kept: string | undefined): string {
  const note = kept === undefined ? "" : ` (the new one is kept, stopped, as ${kept})`;
  return `${what} was rolled back to ${names.join(", ") || "no running version"}${note}`;
}
