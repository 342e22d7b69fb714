import type Docker from "dockerode";

import { type ComposeIdentity, isOfCompose } from "../values/labels";
import { generationLabel, type LiveContainer } from "../values/live-container";

import type { Owner } from "../internal/names";

/** All containers of one stack, running or not, in one question to the Engine. */
export async function ownContainers(engine: Docker, { project, stack }: Owner): Promise<LiveContainer[]> {
  const label = [`io.dockwright.project=${project}`, `io.dockwright.stack=${stack}`];
  return (await engine.listContainers({ all: true, filters: { label } })).map(liveContainer);
}

/** Those of one component, with what it takes over. */
export async function containersOf(
  engine: Docker,
  owner: Owner,
  name: string,
  takesOver: ComposeIdentity | undefined,
): Promise<LiveContainer[]> {
  const own = (await ownContainers(engine, owner)).filter((each) => each.of === name);
  return takesOver === undefined ? own : [...own, ...(await composeContainers(engine, takesOver))];
}

/** The containers that `docker compose` made for a service, by the number that they have there. */
export async function composeContainers(engine: Docker, identity: ComposeIdentity): Promise<LiveContainer[]> {
  const label = Object.entries(identity).map(([name, value]) => `${name}=${value}`);
  const listed = await engine.listContainers({ all: true, filters: { label } });
  const project = identity["com.docker.compose.project"];
  return listed.filter(({ Labels }) => isOfCompose(Labels, project)).map(liveContainer);
}

function liveContainer({
  Id,
  Names,
  Labels,
  State,
  Status,
  NetworkSettings,
}: Docker.ContainerInfo): LiveContainer {
  return {
    id: Id,
    name: (Names[0] ?? "").replace(/^\//, ""),
    of: Labels["io.dockwright.name"] ?? "",
    state: State as LiveContainer["state"],
    status: Status,
    networkIds: Object.values(NetworkSettings.Networks).map(({ NetworkID }) => NetworkID),
    generation: Labels[generationLabel],
  };
}
