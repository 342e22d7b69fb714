import type Docker from "dockerode";

import type { LiveContainer } from "../values/live-container";
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
 * Gives a container its names, and takes them from those before it. Its name on the host comes after its names on networks: who
 * has that one has all of them, also where a run is killed in between.
 */
export async function switchNames(engine: Docker, { id, hostName, others, aliases }: Switch): Promise<void> {
  await joinAliases(engine, id, aliases);
  const named = others.filter(({ name }) => name === hostName);
  await freeName(engine, named, hostName);
  await rename(engine, id, hostName);
  await leaveAliases(
    engine,
    others.filter(({ state }) => state === "running"),
    aliases,
  );
}
