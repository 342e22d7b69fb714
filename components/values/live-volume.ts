/** A volume as it stands on the host. */
export interface LiveVolume {
  readonly name: string;
  /** Undefined where the Engine did not measure it. */
  readonly bytes: number | undefined;
  /** The names of the containers that mount it, running or not. */
  readonly mountedBy: readonly string[];
}
