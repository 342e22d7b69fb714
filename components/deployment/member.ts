import type { HostContainer } from "../container/live";

/**
 * A member of the commit, with these steps. A step returns false if it failed and has reported
 * that; steps are optional.
 */
export interface Member {
  /** A last check of the new objects: before old ones are removed, and again at the end of the run. */
  check?(when: "before" | "after"): Promise<boolean>;
  /** Switches traffic to the new version. */
  lead?(): Promise<boolean>;
  /** Moves names to the new version. @param all the containers of the host */
  rename?(all: readonly HostContainer[], identity: string): Promise<boolean>;
  /** Drains in-flight requests of the old version. */
  drain?(): Promise<boolean>;
  /** Stops and removes the old version. */
  retire?(all: readonly HostContainer[], identity: string): Promise<boolean>;
  /** Such as `container "web"`. */
  readonly what?: string;
  /** Whether it replaces a container of the host, which is then removed. */
  succeeds?(container: HostContainer, identity: string): boolean;
  /** Takes its names at once if it is ready and one of its predecessors has released something. */
  follow?(released: readonly HostContainer[]): Promise<void>;
  /** Whether one of its hooks is running. */
  isBusy?(): boolean;
  /**
   * Rolls back because something else failed. Returns the result as texts.
   * @param stopSeconds the longest a new container may take to stop; without it, its own grace period
   */
  undo(stopSeconds?: number): Promise<string[]>;
}
