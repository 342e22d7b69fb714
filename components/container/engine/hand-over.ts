import type Docker from "dockerode";

import type { LiveContainer } from "../live";

import { sleep } from "../../core/sleep";
import { isMissing, unlessGone } from "../../engine/errors";

/** Stops running containers, each with its own grace period, and returns them. */
export async function stopAll<C extends LiveContainer>(
  engine: Docker,
  containers: readonly C[],
): Promise<C[]> {
  const running = containers.filter(
    ({ state }) => state !== "exited" && state !== "created" && state !== "dead",
  );
  await Promise.all(
    running.map(async ({ id, state }) => {
      // A paused process cannot hear the signal.
      if (state === "paused") await unlessGone(engine.getContainer(id).unpause());
      await unlessGone(engine.getContainer(id).stop());
    }),
  );
  return running;
}

/** Restarts containers that were stopped for a failed one. Returns the names of the running ones. */
export async function startAgain(engine: Docker, containers: readonly LiveContainer[]): Promise<string[]> {
  const started = await Promise.all(
    containers.map(async ({ id, name }) => {
      try {
        await engine.getContainer(id).start();
        return [name];
      } catch {
        return [];
      }
    }),
  );
  return started.flat();
}

/**
 * Keeps a container, stopped and under a descriptive name, or removes it if it never ran. Returns the name.
 * @param stopSeconds the longest it may take to stop; without it, its own grace period
 */
export async function keepStopped(
  engine: Docker,
  id: string,
  name: string,
  stopSeconds?: number,
): Promise<string | undefined> {
  const container = engine.getContainer(id);
  try {
    const { State } = await container.inspect();
    if (State.Status === "created") {
      await container.remove({ force: true });
      return undefined;
    }
    await unlessGone(container.stop({ t: stopSeconds }));
    // Otherwise Docker would start it again when the host boots.
    await container.update({ RestartPolicy: { Name: "no" } });
    await container.rename({ name });
    return name;
  } catch (error) {
    if (isMissing(error) || isBeingRemoved(error)) return undefined;
    throw error;
  }
}

/** Docker responds with 500 to changes of a container that is being removed. */
function isBeingRemoved(error: unknown): boolean {
  return String(error).includes("marked for removal");
}

/** Releases the name of one of our own containers, which keeps running. */
export async function freeName(engine: Docker, live: readonly LiveContainer[], name: string): Promise<void> {
  for (const holder of live.filter((each) => each.name === name)) {
    await unlessGone(engine.getContainer(holder.id).rename({ name: `${name}-old-${holder.id.slice(0, 6)}` }));
  }
}

/** Renames a container, if it still exists and the name is free. */
export async function renameTo(engine: Docker, id: string, name: string): Promise<void> {
  await unlessGone(engine.getContainer(id).rename({ name }));
}

/** Removes containers that were kept for their log. */
export async function removeNow(engine: Docker, kept: readonly LiveContainer[]): Promise<void> {
  await Promise.all(kept.map(({ id }) => unlessGone(engine.getContainer(id).remove({ force: true }))));
}

/** Names by network. */
export type Aliases = Readonly<Record<string, readonly string[]>>;

/** Gives a container its network names. Docker sets names only when it connects a container, so it is reconnected. */
export async function joinAliases(engine: Docker, id: string, aliases: Aliases): Promise<void> {
  const { NetworkSettings } = await engine.getContainer(id).inspect();
  for (const [networkId, names] of Object.entries(aliases)) {
    const endpoint = Object.values(NetworkSettings.Networks).find(({ NetworkID }) => NetworkID === networkId);
    const known = (endpoint as { Aliases?: readonly string[] } | undefined)?.Aliases ?? [];
    if (names.length > 0 && !names.every((name) => known.includes(name)))
      await connectAnew(engine, id, networkId, names);
  }
}

/** Removes the network names of containers, so that clients no longer resolve them while they still run. */
export async function leaveAliases(
  engine: Docker,
  containers: readonly LiveContainer[],
  aliases: Aliases,
): Promise<void> {
  for (const { id, networkIds } of containers) {
    const named = Object.keys(aliases).filter((each) => aliases[each]?.length !== 0);
    // Without a name it stays unchanged: reconnecting closes its connections.
    for (const networkId of named.filter((each) => networkIds.includes(each)))
      await unlessGone(connectAnew(engine, id, networkId, []));
  }
}

async function connectAnew(
  engine: Docker,
  id: string,
  networkId: string,
  aliases: readonly string[],
): Promise<void> {
  const network = engine.getNetwork(networkId);
  await network.disconnect({ Container: id, Force: true });
  await network.connect({ Container: id, EndpointConfig: { Aliases: [...aliases] } });
}

/** Stops and removes replaced containers. Anonymous volumes stay: they can contain data. */
export async function removeAll(
  engine: Docker,
  containers: readonly LiveContainer[],
  drainSeconds: number,
): Promise<void> {
  if (containers.some(({ state }) => state === "running")) await sleep(drainSeconds * 1000);
  await stopAll(engine, containers);
  await Promise.all(containers.map(({ id }) => unlessGone(engine.getContainer(id).remove({ force: true }))));
}
