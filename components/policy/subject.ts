/** The subjects of rules: containers, Dockerfiles, networks and volumes in one format, independent of their source. */

import type { ReadPort } from "../provider/parts";

export interface ContainerSubject {
  /** The service, if it has one, so that all replicas are one subject. */
  readonly name: string;
  readonly image: ImageFacts;
  readonly privileged: boolean;
  /** Without `CAP_`. */
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  /** Such as `no-new-privileges:true`. */
  readonly securityOptions: readonly string[];
  /** `bridge`, `host` or `none`; undefined if it is on user-defined networks. */
  readonly networkMode: string | undefined;
  /** The names of the network subjects. */
  readonly networks: readonly string[];
  readonly pid: string;
  readonly ipc: string;
  readonly uts: string;
  readonly userNamespace: string;
  /** Paths of the host. */
  readonly devices: readonly string[];
  readonly mounts: readonly MountFacts[];
  readonly ports: readonly PortFacts[];
  /** Undefined where the value is not known. */
  readonly environment: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly user: string | undefined;
  readonly readOnlyRoot: boolean;
  readonly memoryBytes: number | undefined;
  /** `inherited` means the image's health check. */
  readonly healthCheck: "given" | "none" | "inherited";
  /** `no`, `always`, `unless-stopped` or `on-failure`. */
  readonly restart: string;
  readonly logDriver: string | undefined;
  readonly logOptions: Readonly<Record<string, string>>;
  readonly replicas: number;
  /** Whether it runs to completion. */
  readonly isJob: boolean;
  /** Whether a new version starts before the old one stops. */
  readonly startsFirst: boolean;
  /** Undefined for a container on one host. */
  readonly swarm?: SwarmFacts;
}

/** The settings of a Swarm service in addition to those of its containers. */
export interface SwarmFacts {
  /** Whether it runs one task on each node. */
  readonly global: boolean;
  /** Such as `node.role==manager`. */
  readonly constraints: readonly string[];
  readonly maxReplicasPerNode: number | undefined;
  /** How many tasks are replaced at once; 0 means all. */
  readonly parallelism: number;
  /** The action after a failed update: `pause`, `continue` or `rollback`. */
  readonly failureAction: string;
  /** The memory that the scheduler reserves for each task. */
  readonly reservedBytes: number | undefined;
}

/** A service of a Swarm. */
export type ServiceSubject = ContainerSubject & { readonly swarm: SwarmFacts };

/** A node of a Swarm that accepts tasks. */
export interface NodeFacts {
  readonly name: string;
  readonly id: string;
  readonly role: string;
  readonly os: string;
  readonly arch: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly engineLabels: Readonly<Record<string, string>>;
  readonly memoryBytes: number;
}

export interface ImageFacts {
  /** `debian:bookworm-slim`; undefined if unknown. */
  readonly reference: string | undefined;
  /** Whether it is built from a Dockerfile of this stack, not pulled. */
  readonly built: boolean;
  /** Undefined if unknown; empty means root. */
  readonly user: string | undefined;
  /** Undefined where it is not known. */
  readonly healthCheck: boolean | undefined;
}

export interface MountFacts {
  readonly kind: "bind" | "volume" | "tmpfs";
  /** A path of the host, or the name of a volume subject; empty for a volume without a name. */
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly propagation: string;
}

export type PortFacts = ReadPort;

export interface DockerfileSubject {
  /** The name of the image or of the file. */
  readonly name: string;
  /** The file name, for the place of a finding. */
  readonly file: string | undefined;
  /** The built stage; undefined means the last one. */
  readonly target: string | undefined;
  readonly instructions: readonly InstructionFacts[];
}

export interface InstructionFacts {
  /** Upper case. */
  readonly name: string;
  readonly rest: string;
  /** From 1. */
  readonly line: number;
}

export interface NetworkSubject {
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly subnets: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

export interface VolumeSubject {
  readonly name: string;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Everything of one stack. */
export interface StackSubject {
  readonly containers: readonly ContainerSubject[];
  readonly dockerfiles: readonly DockerfileSubject[];
  readonly networks: readonly NetworkSubject[];
  readonly volumes: readonly VolumeSubject[];
  /** Undefined where the host is not known. */
  readonly hostMemoryBytes: number | undefined;
  /** Undefined where the Swarm is not known. */
  readonly nodes: readonly NodeFacts[] | undefined;
}

export interface Subjects {
  readonly container: ContainerSubject;
  readonly service: ServiceSubject;
  readonly dockerfile: DockerfileSubject;
  readonly network: NetworkSubject;
  readonly volume: VolumeSubject;
  readonly stack: StackSubject;
}

export type Kind = keyof Subjects;

/** Docker's defaults, which the readers override. */
export function plainContainer(name: string): ContainerSubject {
  return {
    name,
    image: { reference: undefined, built: false, user: undefined, healthCheck: undefined },
    privileged: false,
    addedCapabilities: [],
    droppedCapabilities: [],
    securityOptions: [],
    networkMode: undefined,
    networks: [],
    pid: "",
    ipc: "",
    uts: "",
    userNamespace: "",
    devices: [],
    mounts: [],
    ports: [],
    environment: [],
    user: undefined,
    readOnlyRoot: false,
    memoryBytes: undefined,
    healthCheck: "inherited",
    restart: "no",
    logDriver: undefined,
    logOptions: {},
    replicas: 1,
    isJob: false,
    startsFirst: false,
  };
}

export const emptyStack: StackSubject = {
  containers: [],
  dockerfiles: [],
  networks: [],
  volumes: [],
  hostMemoryBytes: undefined,
  nodes: undefined,
};

/** The services of a Swarm among the containers. */
export function servicesOf({ containers }: StackSubject): readonly ServiceSubject[] {
  return containers.filter((each): each is ServiceSubject => each.swarm !== undefined);
}

/** The name without the number of a replica: `web` for `web-2`. */
export function withoutNumber(name: string): string {
  return name.replace(/-\d+$/, "");
}
