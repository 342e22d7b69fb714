/** What stands on the Engine, as far as an announcement speaks of it. */

export interface ContainerView {
  readonly id: string;
  readonly startedAt: string;
  readonly service: string;
  readonly isJob: boolean;
  readonly running: boolean;
  readonly exitCode: number;
  /** All that it was told, without what differs between two containers that were told the same. */
  readonly told: string;
  /** What it may do to the host. */
  readonly powers: readonly string[];
  /** What others than this machine reach, as `0.0.0.0:80`. */
  readonly open: readonly string[];
  /** What is written into it: its secret and its file, of which Pulumi masks both where one is secret. */
  readonly written: string | undefined;
  /** The volume by path. */
  readonly volumes: Readonly<Record<string, string>>;
}

export interface View {
  readonly containers: Readonly<Record<string, ContainerView>>;
  readonly networks: Readonly<Record<string, { readonly id: string; readonly internal: boolean }>>;
  /** When each was made and what is written in it, which tells it from an empty one of its name. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Tags by the name of the image. */
  readonly images: Readonly<Record<string, readonly string[]>>;
  /** What more than one of was found, or without a name of the program. */
  readonly odd: readonly string[];
}
