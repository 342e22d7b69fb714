/** What a picture of a deployment shows, and what a change does to each part of it. */

export type Change = "added" | "removed" | "replaced" | "updated" | "same";

export interface Topology {
  /** `<project>/<stack>`. */
  readonly title: string;
  readonly hosts: readonly Host[];
}

export interface Host {
  /** Its address, or an empty text for the default one. */
  readonly key: string;
  readonly networks: readonly Network[];
  readonly volumes: readonly Volume[];
}

export interface Network {
  /** Unique in its host. */
  readonly id: string;
  readonly name: string;
  readonly change: Change;
  /** Such as `10.20.0.0/24, internal`. */
  readonly note: string;
  /** Those that are drawn in it; each container is drawn once. */
  readonly containers: readonly Container[];
}

export interface Container {
  /** Unique in its host. */
  readonly id: string;
  readonly name: string;
  readonly kind: "container" | "job" | "gateway";
  readonly change: Change;
  /** What runs in it. */
  readonly image: string;
  /** Which of its arguments change. */
  readonly changes: readonly string[];
  /** The other networks it is on. */
  readonly attachments: readonly Attachment[];
  readonly ports: readonly Port[];
  readonly mounts: readonly Mount[];
  /** How many alike it stands for. */
  readonly count: number;
}

export interface Attachment {
  readonly network: string;
  readonly change: Change;
}

export interface Port {
  /** Where it answers on the host, such as `127.0.0.1:8080`. */
  readonly host: string;
  /** Where that leads, such as `80/tcp`. */
  readonly container: string;
  readonly change: Change;
}

export interface Mount {
  readonly volume: string;
  readonly readOnly: boolean;
  readonly change: Change;
}

export interface Volume {
  /** Unique in its host. */
  readonly id: string;
  readonly name: string;
  /** A path of the host is drawn beside the volumes. */
  readonly kind: "volume" | "path";
  readonly change: Change;
  readonly note: string;
}
