/** The model of the diagram: the parts of a deployment, and the change of each part. */

export type Change = "added" | "removed" | "replaced" | "updated" | "same";

export interface Topology {
  /** `<project>/<stack>`. */
  readonly title: string;
  readonly hosts: readonly Host[];
}

export interface Host {
  /** Its address; empty for the default host. */
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
  /** The containers drawn in it; each container is drawn once. */
  readonly containers: readonly Container[];
}

export interface Container {
  /** Unique in its host. */
  readonly id: string;
  readonly name: string;
  readonly kind: "container" | "job" | "gateway";
  readonly change: Change;
  /** Its image. */
  readonly image: string;
  /** Its changed arguments. */
  readonly changes: readonly string[];
  /** Its other networks. */
  readonly attachments: readonly Attachment[];
  readonly ports: readonly Port[];
  readonly mounts: readonly Mount[];
  /** The number of identical containers that it represents. */
  readonly count: number;
}

export interface Attachment {
  readonly network: string;
  readonly change: Change;
}

export interface Port {
  /** The address on the host, such as `127.0.0.1:8080`. */
  readonly host: string;
  /** The port of the container, such as `80/tcp`. */
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
  /** A host path is drawn next to the volumes. */
  readonly kind: "volume" | "path";
  readonly change: Change;
  readonly note: string;
}
