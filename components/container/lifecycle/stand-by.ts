import type Docker from "dockerode";

import { freeName, removeAll, removeNow, renameTo, startAgain, stopAll } from "../engine/hand-over";
import type { HostContainer } from "../live";
import type { Generations } from "../../deployment/plan/plan";

interface Needed {
  /** The temporary name of the new container. */
  readonly newName: string;
  /** Its final name. */
  readonly hostName: string;
  readonly generations: Generations;
  /** A container of another component with that name. */
  readonly nameHolder: HostContainer | undefined;
  /** Containers of other components that hold what it needs. */
  readonly released: readonly HostContainer[];
  /** Whether the serving container must stop first. */
  readonly stops: boolean;
  readonly isJob: boolean;
}

/**
 * The containers that stop, or release their name, for a new container: they are on standby until it is proven, and are restored
 * if it fails.
 */
export class StandBy {
  stopped: readonly HostContainer[] = [];
  private renamed: readonly HostContainer[] = [];

  /** Releases what the new container needs; if that fails, restores everything. */
  async makeRoom(engine: Docker, needed: Needed): Promise<void> {
    const { newName, hostName, generations, nameHolder, released, stops, isJob } = needed;
    const { serving, attempts, kept } = generations;
    try {
      // At most two generations: the new one and the serving one.
      await Promise.all([removeNow(engine, kept), removeAll(engine, attempts, 0)]);
      if (nameHolder !== undefined) {
        await freeName(engine, [nameHolder], hostName);
        this.renamed = [nameHolder];
      }
      await freeName(engine, serving, newName);
      const stopped = await stopAll(engine, stops ? [...released, ...serving] : released);
      // An aborted job must not be resumed.
      this.stopped = isJob ? stopped.filter((each) => released.includes(each)) : stopped;
    } catch (error) {
      await this.giveBack(engine);
      throw error;
    }
  }

  /** Restarts stopped containers and restores names. Returns the names of the restarted containers. */
  async giveBack(engine: Docker): Promise<string[]> {
    for (const { id, name } of this.renamed) await renameTo(engine, id, name);
    return startAgain(engine, this.stopped);
  }
}
