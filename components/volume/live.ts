/** A live volume on the host. */
export interface LiveVolume {
  readonly name: string;
  /** Undefined if the Engine did not measure it. */
  readonly bytes: number | undefined;
  /** Its owner according to its labels, and its creation date; undefined if not needed. */
  readonly maker?: string;
  readonly createdAt?: string;
  /** The names of the containers that mount it, running or not. */
  readonly mountedBy: readonly string[];
}
