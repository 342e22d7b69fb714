/** A live volume on the host. */
export interface LiveVolume {
  readonly name: string;
  /** Undefined where the Engine did not measure it. */
  readonly bytes: number | undefined;
  /** Who made it, as far as its labels tell, and when; undefined where that does not matter. */
  readonly maker?: string;
  readonly createdAt?: string;
  /** The names of the containers that mount it, running or not. */
  readonly mountedBy: readonly string[];
}
