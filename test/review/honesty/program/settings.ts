import type { Cell } from "../cell";

/** What the harness hands the program. */
export interface Settings {
  readonly cells: readonly Cell[];
  /** The folder with a build context for each cell. */
  readonly contexts: string;
}

/** Where the containers listen, for the client that polls them. */
export const LISTENS = 7000;
