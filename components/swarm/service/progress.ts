/** The progress of a service, from its tasks and its update state. */

import type { LiveTask, UpdateProgress } from "./drift";

/** The goal of a service. */
export interface Goal {
  /** The number of tasks; undefined for one on each node. */
  readonly replicas: number | undefined;
  readonly monitorSeconds: number;
  /** The tolerated ratio of failed tasks. */
  readonly maxFailureRatio: number;
}

export interface Situation {
  readonly update: UpdateProgress | undefined;
  readonly tasks: readonly LiveTask[];
  /** The ids of tasks that had ended before the update: comparing times would depend on the accuracy of the clocks. */
  readonly earlier: ReadonlySet<string>;
  /** The start time and the current time, in milliseconds by the clock of the swarm. */
  readonly began: number;
  readonly now: number;
}

export type Progress =
  | { readonly done: true }
  | { readonly failed: string; readonly failures: readonly LiveTask[] }
  | { readonly waiting: string; readonly failures: readonly LiveTask[] };

const ENDED = ["failed", "rejected", "complete", "orphaned"];
/** The ids of the tasks that ended by themselves. */
export function endedAmong(tasks: readonly LiveTask[]): Set<string> {
  return new Set(tasks.filter(({ state }) => ENDED.includes(state)).map(({ id }) => id));
}

/** A global service has its tasks at once, if a node meets its placement. */
const PLACED_WITHIN_MS = 10_000;

export function progressOf(
  { replicas, monitorSeconds, maxFailureRatio }: Goal,
  situation: Situation,
): Progress {
  const { update, tasks, earlier, began, now } = situation;
  const failures = tasks
    .filter((task) => ENDED.includes(task.state) && !earlier.has(task.id))
    .sort((a, b) => b.since - a.since);
  switch (update?.state) {
    case "rollback_completed":
      return { failed: `Swarm rolled it back (${update.message})`, failures };
    case "paused":
    case "rollback_paused":
      return { failed: `Swarm paused it (${update.message})`, failures };
    case "rollback_started":
      return { waiting: "it is being rolled back", failures };
    default:
  }
  const wanted = tasks.filter((task) => task.wanted);
  const slots = new Set(wanted.map(({ slot }) => slot));
  const expected = replicas ?? slots.size;
  const running = wanted.filter((task) => task.current && task.state === "running");
  const ready = new Set(running.map(({ slot }) => slot)).size;
  // Swarm itself counts the failures of an update, and rolls it back.
  if (update?.state !== "updating") {
    const failed = failures.filter((task) => task.current);
    if (failed.length > 0 && failed.length > maxFailureRatio * expected)
      return { failed: failureOf(failed[0]), failures: failed };
    if (replicas === undefined && expected === 0)
      return now - began > PLACED_WITHIN_MS
        ? { failed: "no node meets its placement", failures }
        : { waiting: "no node has a task yet", failures };
  }
  if (update?.state === "updating" || ready < expected)
    return { waiting: waitingFor(ready, expected, wanted), failures };
  const lasted = running.every(({ since }) => now - since >= monitorSeconds * 1000);
  // An update is complete when all tasks have stayed healthy.
  return update !== undefined || lasted
    ? { done: true }
    : { waiting: "all tasks run; waiting until they stay healthy", failures };
}

/** The outcome of a task, as text. */
export function failureOf(task: LiveTask | undefined): string {
  if (task === undefined) return "a task failed";
  const { state, error, exitCode } = task;
  if (state === "complete") return "a task ended with exit code 0, as a job does";
  const unhealthy = error.includes("unhealthy container");
  const how = unhealthy
    ? "a task became unhealthy"
    : exitCode !== undefined && exitCode !== 0
      ? `a task ended with exit code ${String(exitCode)}`
      : "a task could not run";
  return error === "" || unhealthy ? how : `${how} (${error})`;
}

function waitingFor(ready: number, expected: number, wanted: readonly LiveTask[]): string {
  const stuck = wanted.find(({ current, error, state }) => current && state === "pending" && error !== "");
  return `${String(ready)} of ${String(expected)} tasks run${stuck === undefined ? "" : `; one waits: ${stuck.error}`}`;
}
