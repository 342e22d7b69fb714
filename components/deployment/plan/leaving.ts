/** The objects that are removed because their component is no longer in the program. Pure, except for reading the state. */

import { tokens } from "../../core/tokens";
import { type HostView, isOwn } from "../look/host-view";
import { type HostContainer, isKeptFailure } from "../../container/live";
import type { Consequence } from "../announcements";
import { type Declared, isRunning } from "./plan";
import type { Recorded } from "../state/recorded";

type State = readonly Recorded[];

export async function leaving(
  view: HostView,
  declared: readonly Declared[],
  volumes: ReadonlySet<string>,
  recorded: () => Promise<State>,
): Promise<Consequence[]> {
  const goneVolumes = view.volumes.filter((each) => isOwn(each, view.identity) && !volumes.has(each.name));
  return [
    ...view.containers.filter((each) => isLeaving(each, view, declared)).map(stopsForGood),
    ...(goneVolumes.length === 0
      ? []
      : volumesThatLeave(
          goneVolumes.map(({ name }) => name),
          await recorded(),
        )),
  ];
}

function isLeaving(
  each: HostContainer,
  { identity, containers }: HostView,
  declared: readonly Declared[],
): boolean {
  if (!isOwn(each, identity) || each.labels["io.dockwright.kind"] !== "container" || !isRunning(each))
    return false;
  if (isKeptFailure(each, each.name.replace(/-(failed|undone)-[0-9a-f]{6}$/, ""))) return false;
  const stays = (name: string): boolean => declared.some((one) => one.name === name);
  if (stays(each.of)) return false;
  // Another container of its service stays.
  const service = "com.docker.compose.service";
  return !containers.some(
    (other) => isOwn(other, identity) && other.labels[service] === each.labels[service] && stays(other.of),
  );
}

function stopsForGood({ of }: HostContainer): Consequence {
  return {
    kind: "permanent outage",
    what: `container "${of}"`,
    why: "it is no longer in the program and is removed without a replacement",
  };
}

function volumesThatLeave(names: readonly string[], state: State): Consequence[] {
  return state.flatMap(({ urn, type, outputs }): Consequence[] => {
    const hostName = String(outputs["volumeName"]);
    if (type !== tokens.volume || !names.includes(hostName)) return [];
    const what = `volume "${urn.split("::").at(-1) ?? ""}"`;
    return outputs["whenDestroyed"] === "lose-data"
      ? [
          {
            kind: "data loss",
            what,
            why: `it is no longer in the program, and ${hostName} is removed with its data`,
          },
        ]
      : [
          {
            kind: "data left behind",
            what,
            why: `it is no longer in the program; the host keeps ${hostName} with its data`,
          },
        ];
  });
}
