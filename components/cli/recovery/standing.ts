/** Reports components that are down after a failed or interrupted `up`, and the command that starts them. */

import { setTimeout as pause } from "node:timers/promises";

import { hasCompleted } from "../../container/live";
import type { hostContainers } from "../../deployment/look/engine/containers";
import { labelsOf } from "../../provider/parts";
import { dockerTypes } from "../../provider/tokens";
import type { Target } from "../pulumi/run";
import { say } from "../say";
import { type ExportedStack, isElsewhere } from "./state";

type HostContainer = Awaited<ReturnType<typeof hostContainers>>[number];

const IDENTITY = "io.dockwright.identity";

/** A container component without a running container. */
export interface Down {
  readonly name: string;
  /** The stopped container that served before; undefined where it was removed. */
  readonly stopped: string | undefined;
}

/** The components whose containers should run, as far as a state knows, each with its stack's identity. */
function declaredIn({ deployment }: ExportedStack): ReadonlyMap<string, string> {
  const { resources = [], pending_operations: pending = [] } = deployment;
  const leaving = new Set(
    pending.flatMap(({ type, resource }) => (type === "deleting" ? (resource.id ?? []) : [])),
  );
  const begun = pending.flatMap(({ type, resource }) => (type === "creating" ? resource : []));
  const kept = resources.filter(({ id, delete: going }) => going !== true && !leaving.has(id ?? ""));
  return new Map(
    [...kept, ...begun]
      .filter((each) => each.type === dockerTypes.container && !isElsewhere(each, resources))
      .map(({ inputs }) => labelsOf(inputs ?? {}))
      .filter((labels) => labels["io.dockwright.kind"] === "container")
      .map((labels) => [labels["io.dockwright.name"] ?? "", labels[IDENTITY] ?? ""]),
  );
}

/** Which of them are down. */
export function downOf(state: ExportedStack, containers: readonly HostContainer[]): Down[] {
  return [...declaredIn(state)].flatMap(([name, identity]): Down[] => {
    const own = containers.filter((each) => each.of === name && each.labels[IDENTITY] === identity);
    if (own.some((each) => each.state === "running" || hasCompleted(each))) return [];
    const served = own
      .filter((each) => each.state === "exited" && !/-(failed|undone)-[0-9a-f]{6}$/.test(each.name))
      .sort((a, b) => a.created - b.created);
    return [{ name, stopped: served[0]?.name }];
  });
}

export function downText({ name, stopped }: Down, stack: string | undefined): string {
  const up = `dockwright up${stack === undefined ? "" : ` --stack ${stack}`}`;
  return stopped === undefined
    ? `no container of "${name}" is on the host; next:  ${up}`
    : `container "${name}" is stopped; next:  ${up}   (or, to start ${stopped} unchanged:  docker start ${stopped})`;
}

/** How long a failed run may take to restart the containers that it stopped. */
const PATIENCE_MS = 4_000;

/** Reports components that are still down after that time. */
export async function tellDown(target: Target, state: ExportedStack | undefined): Promise<void> {
  if (state === undefined || declaredIn(state).size === 0) return;
  const [{ connect }, live] = await Promise.all([
    import("../../engine/connect"),
    import("../../deployment/look/engine/containers"),
  ]);
  const engine = connect();
  try {
    const look = async (): Promise<Down[]> => downOf(state, await live.hostContainers(engine));
    let down = await look();
    for (const until = Date.now() + PATIENCE_MS; down.length > 0 && Date.now() < until; down = await look())
      await pause(500);
    for (const each of down) say("down", downText(each, target.stack));
  } catch {
    // The run itself reports an Engine that does not answer.
  }
}
