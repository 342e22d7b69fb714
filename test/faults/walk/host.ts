/** All that is on an Engine, so that it can be told what came and what went. */

import type Docker from "dockerode";

export interface Everything {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
}

export async function everything(docker: Docker): Promise<Everything> {
  const [containers, networks, { Volumes: volumes }, images] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages(),
  ]);
  return {
    containers: containers.map(({ Id }) => Id).sort(),
    networks: networks.map(({ Id }) => Id).sort(),
    volumes: new Set(volumes.map(({ Name }) => Name)),
    images: new Set(
      images.flatMap(({ Id, RepoTags }) =>
        (RepoTags ?? [Id]).map((tag) => (tag === "<none>:<none>" ? Id : tag)),
      ),
    ),
  };
}

/** What is looked at to see that nothing was touched: a build alone is no harm. */
export async function untouchable(docker: Docker): Promise<unknown> {
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
  ]);
  const details = await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).inspect()));
  return {
    containers: Object.fromEntries(
      details.map(({ Id, Name, State, NetworkSettings: { Networks } }) => [
        Id,
        { Name, running: State.Running, since: State.StartedAt, networks: Object.keys(Networks).sort() },
      ]),
    ),
    networks: networks.map(({ Id, Name }) => `${Name} ${Id}`).sort(),
    volumes: volumes.map((each) => `${each.Name} ${(each as { CreatedAt?: string }).CreatedAt ?? ""}`).sort(),
  };
}

/** The next walk begins on a clean host, whatever this one came to. */
export async function removeAllBut(docker: Docker, before: Everything): Promise<void> {
  const now = await everything(docker);
  const tolerant = (action: Promise<unknown>): Promise<unknown> => action.catch(() => undefined);
  const fresh = (all: Iterable<string>, known: Iterable<string>): string[] => {
    const old = new Set(known);
    return [...all].filter((each) => !old.has(each));
  };
  for (const id of fresh(now.containers, before.containers))
    await tolerant(docker.getContainer(id).remove({ force: true }));
  for (const id of fresh(now.networks, before.networks)) await tolerant(docker.getNetwork(id).remove());
  for (const name of fresh(now.volumes, before.volumes)) await tolerant(docker.getVolume(name).remove());
  for (const name of fresh(now.images, before.images))
    await tolerant(docker.getImage(name).remove({ force: true }));
}
