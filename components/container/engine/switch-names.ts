import type Docker from "dockerode";

import type { LiveContainer } from "../live";
import { type Aliases, freeName, joinAliases, leaveAliases } from "./hand-over";
import { rename } from "./rename";

interface Switch {
  readonly id: string;
  /** The name on the host. */
  readonly hostName: string;
  /** What it takes over from. */
  readonly others: readonly LiveContainer[];
  /** Names by network. */
  readonly aliases: Aliases;
}

/**
 * Gives a container its names, and takes them from those before it. Its name on the host comes last: who has that one has all of
 * them, also where a run is killed in between. Nobody is renamed before it was reconnected: of a renamed container Docker 20.10 at
 * times keeps the old endpoint, and with it the network, until it is restarted.
 */
export async function switchNames(engine: Docker, { id, hostName, others, aliases }: Switch): Promise<void> {
  await joinAliases(engine, id, aliases);
  await leaveAliases(
    engine,
    others.filter(({ state }) => state === "running"),
    aliases,
  );
  const named = others.filter(({ name }) => name === hostName);
  await freeName(engine, named, hostName);
  await rename(engine, id, hostName);
}
