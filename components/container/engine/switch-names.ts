import type Docker from "dockerode";

import type { LiveContainer } from "../live";
import { type Aliases, freeName, joinAliases, leaveAliases } from "./hand-over";
import { rename } from "./rename";

interface Switch {
  readonly id: string;
  /** The name on the host. */
  readonly hostName: string;
  /** Its predecessors. */
  readonly others: readonly LiveContainer[];
  /** Names by network. */
  readonly aliases: Aliases;
}

/**
 * Moves names from the predecessors to a container. The name on the host is last: its holder has all names, even if
 * a run is killed in between. A container is reconnected before it is renamed: Docker 20.10 sometimes keeps the old
 * endpoint of a renamed container, and with it the network, until a restart.
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
