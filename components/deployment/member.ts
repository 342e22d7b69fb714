import type { HostContainer } from "../container/live";

/**
 * What takes part in the end of a run, in these steps. A step answers false where it failed, which it has reported by then; one
 * that is left out has nothing to do.
 */
export interface Member {
  /** One last look at what this run made: before anything old goes, and again before the run ends. */
  check?(when: "before" | "after"): Promise<boolean>;
  /** Leads traffic to what is new. */
  lead?(): Promise<boolean>;
  /** Gives names to what is new. @param all the containers of the host */
  rename?(all: readonly HostContainer[], identity: string): Promise<boolean>;
  /** Waits until no request is under way to what is no longer led to. */
  drain?(): Promise<boolean>;
  /** Stops and removes what was before. */
  retire?(all: readonly HostContainer[], identity: string): Promise<boolean>;
  /** Whether the engine waits for a hook of it. */
  isBusy?(): boolean;
  /** Takes back what it has proven so far, because something else failed. Answers what became of it. */
  undo(): Promise<string[]>;
}
