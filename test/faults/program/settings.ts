/** The variable by which the harness hands a program its settings, as JSON. */
export const SETTINGS = "DOCKWRIGHT_FAULTS_PROGRAM";

export interface ContainerSettings {
  /** What an update changes: the environment of every container, and the image. */
  readonly version: string;
  /** The folder that the image is built from. */
  readonly context: string;
  /** The published port of the host. */
  readonly port: number;
}

export interface SwarmSettings {
  /** What an update changes: the environment of every task, the secret and the config. */
  readonly version: string;
}
