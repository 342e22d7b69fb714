/** What stands on the host of one container of the program, and whether it is what the program declared. */

import type { UpdateOrder } from "./update";

/** A container as the Engine lists it. */
export interface LiveContainer {
  readonly id: string;
  readonly name: string;
  /** The name of its component. */
  readonly of: string;
  readonly state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** As the Engine prints it for people: `Up 2 minutes (healthy)`. */
  readonly status: string;
  readonly networkIds: readonly string[];
  /** See `generationLabel`. */
  readonly generation: string | undefined;
}

/**
 * Tells one creation of a container from the next. While what runs is sound the program gives the value that it finds
 * on the host, so that nothing changes; else it gives a new one, and the engine shows and does a replacement.
 */
export const generationLabel = "io.dockwright.generation";

/** The names that a container answers to once it is ready; on a label, because Docker learns them later. */
export const aliasesLabel = "io.dockwright.aliases";

const FAILED = "-failed-";

/** A container whose start failed is kept under such a name, stopped, for `docker logs`. */
export function failedName(hostName: string, id: string): string {
  return `${hostName}${FAILED}${id.slice(0, 6)}`;
}

/** True for a container that was kept because its start failed. */
export function isKeptFailure({ name }: LiveContainer, hostName: string): boolean {
  return name.startsWith(`${hostName}${FAILED}`);
}

/**
 * What is wrong with the containers of a job. Undefined also where none is left: what was cleared away after it had
 * ended well need not run again.
 */
export function jobDrift(live: readonly LiveContainer[], hostName: string): string | undefined {
  const failed = live.find((each) => isKeptFailure(each, hostName));
  if (failed !== undefined) return `the last run failed (${failed.name} is kept, stopped); it runs again`;
  const unfinished = live.find(({ state, status }) => state !== "exited" || !status.startsWith("Exited (0)"));
  if (unfinished === undefined) return undefined;
  return `an interrupted update left ${unfinished.name} (${unfinished.status}); it runs again`;
}

/** How the containers of `docker compose up` are taken over, for people; undefined where there are none. */
export function takeOver(others: readonly LiveContainer[], order: UpdateOrder | "job"): string | undefined {
  if (others.length === 0) return undefined;
  const names = others.map(({ name, status }) => `${name} (${status})`).join(" and ");
  const how = {
    job: "it runs once more, and the old one is removed",
    "stop-first": "it stops, the new one starts, and when that is ready the old one is removed",
    "start-first": "it serves until the new one is ready, and then it is removed",
  }[order];
  return `${names}, which docker compose made, is taken over: ${how}; volumes and networks stay`;
}

/** What is wrong with what stands on the host, for people; undefined where nothing is. */
export function drift(
  live: readonly LiveContainer[],
  hostName: string,
  networkIds: readonly string[],
): string | undefined {
  const failed = live.find((each) => isKeptFailure(each, hostName));
  if (failed !== undefined)
    return `the last start failed (${failed.name} is kept, stopped); it is attempted again`;
  const [only, another] = live;
  if (only === undefined) return undefined;
  if (another !== undefined)
    return `an interrupted update left ${live.map(({ name }) => name).join(" and ")}; one new container takes their place`;
  const { name, state, status } = only;
  if (state !== "running")
    return `${name} is ${state === "exited" ? "stopped" : state} (${status}); it is replaced`;
  if (status.includes("(unhealthy)")) return `${name} is unhealthy; it is replaced`;
  const missing = networkIds.filter((id) => !only.networkIds.includes(id));
  if (missing.length > 0)
    return `${name} is no longer connected to ${String(missing.length)} of its ${String(networkIds.length)} networks; it is replaced`;
  return undefined;
}
