/** Reads services of a swarm and their tasks in batches, because a program waits for all of them at once. */

import type Docker from "dockerode";

import type { LiveService, LiveTask } from "../service/drift";
import { batched } from "../../engine/batch";
import { isMissing } from "../../engine/errors";
import { servicesOf } from "./swarm";

interface Watch {
  readonly service: (id: string) => Promise<LiveService | undefined>;
  readonly tasks: (service: string) => Promise<LiveTask[] | undefined>;
  ahead?: Promise<number>;
}

/** By Engine, so that requests to the same one are batched. */
const watches = new WeakMap<Docker, Watch>();

function watchOf(engine: Docker): Watch {
  const known = watches.get(engine);
  if (known !== undefined) return known;
  const watch: Watch = {
    service: batched(async (ids) => {
      const found = await inParts(ids, (part) => servicesOf(engine, { id: part }));
      return new Map(found.map((each) => [each.id, each]));
    }),
    tasks: batched((ids) => tasksByService(engine, ids)),
  };
  watches.set(engine, watch);
  return watch;
}

export function serviceById(engine: Docker, id: string): Promise<LiveService | undefined> {
  return watchOf(engine).service(id);
}

/** Every task of a service, including those of the last attempts. */
export async function tasksOf(engine: Docker, service: string): Promise<LiveTask[]> {
  return (await watchOf(engine).tasks(service)) ?? [];
}

/** How far the clock of the swarm is ahead of ours, in milliseconds; read once, because it is slow. */
export function clockAhead(engine: Docker): Promise<number> {
  const watch = watchOf(engine);
  watch.ahead ??= readClock(engine).catch((error: unknown) => {
    delete watch.ahead;
    throw error;
  });
  return watch.ahead;
}

async function readClock(engine: Docker): Promise<number> {
  const asked = Date.now();
  const { SystemTime } = (await engine.info()) as { SystemTime?: string };
  return SystemTime === undefined ? 0 : Date.parse(SystemTime) - (asked + Date.now()) / 2;
}

interface ListedTask {
  readonly ID: string;
  readonly ServiceID: string;
  readonly Slot?: number;
  readonly NodeID?: string;
  readonly CreatedAt: string;
  readonly DesiredState: string;
  readonly Status: {
    readonly State: string;
    readonly Timestamp: string;
    readonly Err?: string;
    readonly ContainerStatus?: { readonly ContainerID?: string; readonly ExitCode?: number };
  };
}

async function tasksByService(
  engine: Docker,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LiveTask[]>> {
  const ask = (more: object): Promise<ListedTask[]> => inParts(ids, (part) => listed(engine, part, more));
  const [all, current] = await Promise.all([ask({}), ask({ "_up-to-date": ["true"] })]);
  const upToDate = new Set(current.map(({ ID }) => ID));
  const found = new Map<string, LiveTask[]>(ids.map((id) => [id, []]));
  for (const each of all) found.get(each.ServiceID)?.push(liveTask(each, upToDate.has(each.ID)));
  return found;
}

/** The Engine rejects a list with a missing service; the others are read again. */
async function listed(engine: Docker, service: readonly string[], more: object): Promise<ListedTask[]> {
  try {
    return (await engine.listTasks({ filters: { service, ...more } } as object)) as ListedTask[];
  } catch (error) {
    if (!isMissing(error)) throw error;
    const [only, ...others] = service;
    if (only === undefined || others.length === 0) return [];
    const half = Math.ceil(service.length / 2);
    const parts = [service.slice(0, half), service.slice(half)];
    return (await Promise.all(parts.map((part) => listed(engine, part, more)))).flat();
  }
}

function liveTask(
  { ID, Slot, NodeID = "", CreatedAt, DesiredState, Status }: ListedTask,
  current: boolean,
): LiveTask {
  return {
    id: ID,
    slot: Slot === undefined || Slot === 0 ? NodeID : String(Slot),
    node: NodeID,
    state: Status.State,
    wanted: ["running", "ready"].includes(DesiredState),
    current,
    error: Status.Err ?? "",
    exitCode: Status.ContainerStatus?.ExitCode,
    containerId: Status.ContainerStatus?.ContainerID,
    createdAt: Date.parse(CreatedAt),
    since: Date.parse(Status.Timestamp),
  };
}

/** The maximum number of ids in one request, so that its URL stays below the limits of proxies. */
const AT_ONCE = 100;

/** Sends requests in parts, one after the other, and returns all results. */
async function inParts<T>(
  ids: readonly string[],
  ask: (part: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) found.push(...(await ask(ids.slice(at, at + AT_ONCE))));
  return found;
}
