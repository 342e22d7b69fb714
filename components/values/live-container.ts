/** What stands on the host of one container of the program, and whether it is what the program declared. */

import { ownerOf } from "./host-view";
import type { Binding } from "./port";
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
  /** In seconds since 1970. */
  readonly created: number;
}

/** A container with all that the Engine lists of it: who made it, and what it holds that no other can have. */
export interface HostContainer extends LiveContainer {
  readonly labels: Readonly<Record<string, string>>;
  /** Published ports; none where it does not run. */
  readonly bindings: readonly Binding[];
  /** By their names. */
  readonly networks: readonly string[];
  /** Its fixed addresses, by id of network. */
  readonly addresses: readonly { readonly network: string; readonly address: string }[];
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[];
}

/**
 * Tells one creation of a container from the next. While what runs is sound the program gives the value that it finds
 * on the host, so that nothing changes; else it gives a new one, and the engine shows and does a replacement.
 */
export const generationLabel = "io.dockwright.generation";

/** The names that a container answers to once it is ready; on a label, because Docker learns them later. */
export const aliasesLabel = "io.dockwright.aliases";

const FAILED = "-failed-";
const UNDONE = "-undone-";

/** A container whose start failed is kept under such a name, stopped, for `docker logs`. */
export function failedName(hostName: string, id: string): string {
  return `${hostName}${FAILED}${id.slice(0, 6)}`;
}

/** The same of one that was sound, and was taken back because something else failed. */
export function undoneName(hostName: string, id: string): string {
  return `${hostName}${UNDONE}${id.slice(0, 6)}`;
}

/** True for a container that is kept, stopped, since an `up` that failed. */
export function isKeptFailure({ name }: Pick<LiveContainer, "name">, hostName: string): boolean {
  return name.startsWith(`${hostName}${FAILED}`) || name.startsWith(`${hostName}${UNDONE}`);
}

function keptText({ name }: LiveContainer, hostName: string): string {
  return name.startsWith(`${hostName}${UNDONE}`)
    ? `the last up failed elsewhere and rolled this one back (${name} is kept, stopped)`
    : `the last start failed (${name} is kept, stopped)`;
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

/** How containers that this deployment did not make are taken over, for people; undefined where there are none. */
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

/** What was found of a container before its program says what shall be. */
export interface Found {
  /** What is wrong with what stands on the host, for people; undefined where nothing is. */
  readonly wrong: string | undefined;
  /** What a person should know all the same. */
  readonly note?: string;
  /** The sound container that stays where the program asks for the same. */
  readonly sound?: LiveContainer | undefined;
}

/** Compares what stands on the host of one container with what it should be, whatever its arguments. */
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

function unsound(
  { state, status, networkIds: joined }: LiveContainer,
  networkIds: readonly string[],
): string | undefined {
  if (state !== "running") return `is ${state === "exited" ? "stopped" : state} (${status})`;
  if (status.includes("(unhealthy)")) return "is unhealthy";
  const missing = networkIds.filter((id) => !joined.includes(id));
  if (missing.length > 0)
    return `is no longer connected to ${String(missing.length)} of its ${String(networkIds.length)} networks`;
  // Without networks of its own it is on one of Docker's.
  const more = joined.length - Math.max(networkIds.length, 1);
  return more > 0
    ? `was manually connected to ${more === 1 ? "an additional network" : `${String(more)} additional networks`}`
    : undefined;
}
