/** The objects that are removed because their component is no longer in the program. Pure, except for reading the state. */

import { tokens } from "../../core/tokens";
import { type HostView, isOwn } from "../look/host-view";
import { type HostContainer, isKeptFailure } from "../../container/live";
import type { Consequence } from "../../provider/consequence";
import { type Declared, isRunning, serviceOf } from "./plan";
import type { Recorded } from "../state/recorded";

/** The current declarations of the program. */
interface Program {
  readonly declared: readonly Declared[];
  /** By their names on the host, and by those of their components. */
  readonly volumes: ReadonlySet<string>;
  readonly volumeNames: ReadonlySet<string>;
  recorded(): Promise<readonly Recorded[]>;
}

/** @param isSucceeded whether a component of the program replaces a container */
export async function leaving(
  view: HostView,
  program: Program,
  isSucceeded: (container: HostContainer) => boolean,
): Promise<Consequence[]> {
  const { declared, volumes } = program;
  const gone = view.volumes.filter(({ name }) => !volumes.has(name));
  return [
    ...view.containers
      .filter((each) => isLeaving(each, view, declared) && !isSucceeded(each))
      .map(stopsForGood),
    ...(gone.length === 0 ? [] : volumesThatLeave(view, program.volumeNames, gone, await program.recorded())),
  ];
}

function isLeaving(each: HostContainer, { identity }: HostView, declared: readonly Declared[]): boolean {
  if (!isOwn(each, identity) || each.labels["io.dockwright.kind"] !== "container" || !isRunning(each))
    return false;
  if (isKeptFailure(each, each.name.replace(/-(failed|undone)-[0-9a-f]{6}$/, ""))) return false;
  const service = serviceOf(each.labels);
  // Another container of its service stays, or is created.
  return !declared.some((one) => one.name === each.of || (service !== undefined && one.service === service));
}

function stopsForGood({ of }: HostContainer): Consequence {
  return {
    kind: "permanent outage",
    what: `container "${of}"`,
    why: "it is no longer in the program and is removed without a replacement",
  };
}

function volumesThatLeave(
  { identity }: HostView,
  stays: ReadonlySet<string>,
  gone: HostView["volumes"],
  state: readonly Recorded[],
): Consequence[] {
  return state.flatMap(({ urn, type, outputs }): Consequence[] => {
    const hostName = String(outputs["volumeName"]);
    const volume = gone.find((each) => each.name === hostName);
    if (type !== tokens.volume || volume === undefined) return [];
    const name = urn.split("::").at(-1) ?? "";
    const what = `volume "${name}"`;
    // A volume that this stack did not create is not removed.
    if (outputs["whenDestroyed"] === "lose-data" && isOwn(volume, identity))
      return [
        {
          kind: "data loss",
          what,
          why: `it is no longer in the program; ${hostName} is removed with its data`,
        },
      ];
    const cause = stays.has(name)
      ? "it is replaced by a new, empty volume"
      : "it is no longer in the program";
    return [{ kind: "data left behind", what, why: `${cause}; the host keeps ${hostName} with its data` }];
  });
}
