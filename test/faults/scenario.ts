import type { State } from "./pulumi";

/** What is deployed under fire, on an Engine of its own, and how its end state is told from another. */
export interface Scenario {
  /** The folder of the program. */
  readonly program: string;
  /** The Engine's socket. */
  readonly socket: string;
  /** Where the harness may put files of its own. */
  readonly folder: string;
  /** Prepares a version and gives what the program needs to deploy it. */
  settings(version: string): object;
  /** Once the first version was deployed. */
  begun(): Promise<void>;
  /** All that matters on the Engine and in the state, equal for two versions that are deployed equally well. */
  view(state: State, version: string): Promise<object>;
  /** What is wrong in the view of an update without a fault. */
  wrong(view: object): string[];
  /** Removes everything that was deployed, by the Engine itself. */
  clear(): Promise<void>;
  /** Restarts the Engine, and waits until it does its work again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
