/** How many containers each candidate describes. */
export const CONTAINERS = 50;

/** Every object on the host that a measurement makes has a name that begins so. */
export const PREFIX = "dw-bench-";

/** The name of a project of this run alone: a network that Docker failed to remove in an earlier run is not met again. */
export const projectName = (candidate: string): string => `${PREFIX}${candidate}-${process.pid}`;

/** One way to describe the same fifty containers. What it does is timed from outside, as a user would wait for it. */
export interface Candidate {
  readonly name: string;
  /** What the names of its containers begin with. */
  readonly prefix: string;
  /** Shows what would change, and changes nothing. */
  preview(): Promise<unknown>;
  up(): Promise<unknown>;
  /** Edits the description of one container; the next `up` has that to do. */
  edit(revision: number): Promise<unknown>;
  down(): Promise<unknown>;
}
