import type Docker from "dockerode";

import { freeName, removeAll, removeNow, renameTo, startAgain, stopAll } from "../engine/hand-over";
import type { HostContainer } from "../live";
import type { Generations } from "../../deployment/plan/plan";

interface Room {
  /** The name under which the new container starts. */
  readonly newName: string;
  /** The one that it has in the end. */
  readonly hostName: string;
  readonly generations: Generations;
  /** Another component's container that has that name. */
  readonly nameHolder: HostContainer | undefined;
  /** Other components' containers that hold what it needs. */
  readonly released: readonly HostContainer[];
  /** Whether what serves must stop first. */
  readonly stops: boolean;
  readonly isJob: boolean;
}

/** What stops, or gives its name away, for a new container: it stands by until that is proven, and comes back where it fails. */
export class StandBy {
  stopped: readonly HostContainer[] = [];
  private renamed: readonly HostContainer[] = [];

  /** Frees what the new container needs; where that fails half-way all is given back. */
  async makeRoom(engine: Docker, room: Room): Promise<void> {
    const { newName, hostName, generations, nameHolder, released, stops, isJob } = room;
    const { serving, attempts, kept } = generations;
    try {
      // Never more than two generations: what is made now, and what serves.
      await Promise.all([removeNow(engine, kept), removeAll(engine, attempts, 0)]);
      if (nameHolder !== undefined) {
        await freeName(engine, [nameHolder], hostName);
        this.renamed = [nameHolder];
      }
      await freeName(engine, serving, newName);
      const stopped = await stopAll(engine, stops ? [...released, ...serving] : released);
      // A run of a job that was cut short is not to be taken up again.
      this.stopped = isJob ? stopped.filter((each) => released.includes(each)) : stopped;
    } catch (error) {
      await this.giveBack(engine);
      throw error;
    }
  }

  /** Starts again what was stopped, and gives names back. Answers the names of what runs again. */
  async giveBack(engine: Docker): Promise<string[]> {
    for (const { id, name } of this.renamed) await renameTo(engine, id, name);
    return startAgain(engine, this.stopped);
  }
}
