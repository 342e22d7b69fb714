/** The drift between the live containers of a component and its declaration. */

import { ownerOf } from "../deployment/look/host-view";
import { hasCompleted, type HostContainer, isKeptFailure, isUndone, type LiveContainer } from "./live";
import type { UpdateOrder } from "./update";

function keptText({ name }: LiveContainer, hostName: string): string {
  return isUndone({ name }, hostName)
    ? `the last up failed elsewhere and rolled this one back (${name} is kept, stopped)`
    : `the last start failed (${name} is kept, stopped)`;
}

/**
 * The drift of a job. Undefined also without a container: a successful job whose container was
 * removed does not run again.
 */
export function jobDrift(live: readonly LiveContainer[], hostName: string): string | undefined {
  const failed = live.find((each) => isKeptFailure(each, hostName));
  if (failed !== undefined) return `the last run failed (${failed.name} is kept, stopped); it runs again`;
  const unfinished = live.find(({ state, status }) => state !== "exited" || !status.startsWith("Exited (0)"));
  if (unfinished === undefined) return undefined;
  return `an interrupted update left ${unfinished.name} (${unfinished.status}); it runs again`;
}

/** The announcement of taken-over containers; undefined if there are none. */
export function takeOver(others: readonly HostContainer[], order: UpdateOrder | "job"): string | undefined {
  const [first] = others;
  if (first === undefined) return undefined;
  const names = others.map(({ name, status }) => `${name} (${status})`).join(" and ");
  const maker = ownerOf(first.labels);
  const who = maker.startsWith("Compose project") ? "docker compose" : maker;
  const how = {
    job: "it runs once more, and the old container is removed",
    "stop-first": "it stops, the new one starts, and the old one is removed when the new one is ready",
    "start-first": "it serves until the new one is ready, and is then removed",
  }[order];
  return `${names}, created by ${who}, is taken over: ${how}; volumes and networks stay`;
}

/** The result of the comparison before the declaration is known. */
export interface Found {
  /** The drift, as text; undefined without drift. */
  readonly wrong: string | undefined;
  /** A note without drift. */
  readonly note?: string;
  /** The container without drift, which stays if the declaration is unchanged. */
  readonly sound?: LiveContainer | undefined;
}

/** Compares the live containers of a component with the expected state, independent of its arguments. */
export function drift(
  live: readonly LiveContainer[],
  hostName: string,
  networkIds: readonly string[],
): Found {
  const kept = live.find((each) => isKeptFailure(each, hostName));
  const rest = live.filter((each) => !isKeptFailure(each, hostName)).sort((a, b) => b.created - a.created);
  if (kept !== undefined) return { wrong: `${keptText(kept, hostName)}; this run retries` };
  const [newest, ...older] = rest;
  if (newest === undefined) return { wrong: undefined };
  const wrong = unsound(newest, networkIds);
  const { name } = newest;
  if (older.length === 0)
    return wrong === undefined ? { wrong, sound: newest } : { wrong: `${name} ${wrong}; it is replaced` };
  const names = older.map((each) => each.name).join(" and ");
  const left = `an interrupted update left ${name} in addition to ${names}`;
  return wrong === undefined
    ? { wrong, sound: newest, note: `${left}; ${name} takes over when it is proven` }
    : { wrong: `${left}, and ${name} ${wrong}; one new container replaces them` };
}

function unsound(container: LiveContainer, networkIds: readonly string[]): string | undefined {
  const { state, status, networkIds: joined } = container;
  if (hasCompleted(container)) return undefined;
  if (state !== "running") return `is ${state === "exited" ? "stopped" : state} (${status})`;
  if (status.includes("(unhealthy)")) return "is unhealthy";
  const missing = networkIds.filter((id) => !joined.includes(id));
  if (missing.length > 0)
    return `is no longer connected to ${String(missing.length)} of its ${String(networkIds.length)} networks`;
  // Without user-defined networks, it is on one of Docker's.
  const more = joined.length - Math.max(networkIds.length, 1);
  return more > 0
    ? `was manually connected to ${more === 1 ? "an additional network" : `${String(more)} additional networks`}`
    : undefined;
}
