/** What rules judge: containers, Dockerfiles, networks and volumes in one form, wherever they were read. */

import type { ReadPort } from "../provider/parts";

export interface ContainerSubject {
  /** The service where it has one, so that all its replicas are one. */
  readonly name: string;
  readonly image: ImageFacts;
  readonly privileged: boolean;
  /** Without `CAP_`. */
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  /** As `no-new-privileges:true`. */
  readonly securityOptions: readonly string[];
  /** `bridge`, `host` or `none`; undefined where it is on networks of its own. */
  readonly networkMode: string | undefined;
  /** By the names of the network subjects. */
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
  /** `inherited` is what the image says. */
  readonly healthCheck: "given" | "none" | "inherited";
  /** `no`, `always`, `unless-stopped` or `on-failure`. */
  readonly restart: string;
  readonly logDriver: string | undefined;
  readonly logOptions: Readonly<Record<string, string>>;
  readonly replicas: number;
  /** Runs once to its end. */
  readonly isJob: boolean;
  /** A new version starts beside the old one. */
  readonly startsFirst: boolean;
  /** Undefined for what runs on one host. */
  readonly swarm?: SwarmFacts;
}

/** What a service of a Swarm is beside its containers. */
export interface SwarmFacts {
  /** One task on each node. */
  readonly global: boolean;
  /** As `node.role==manager`. */
  readonly constraints: readonly string[];
  readonly maxReplicasPerNode: number | undefined;
  /** How many tasks are replaced at once; 0 is all of them. */
  readonly parallelism: number;
  /** What follows a failed update: `pause`, `continue` or `rollback`. */
  readonly failureAction: string;
  /** Memory that the scheduler sets aside for each task. */
  readonly reservedBytes: number | undefined;
}

/** A service of a Swarm. */
export type ServiceSubject = ContainerSubject & { readonly swarm: SwarmFacts };

/** A node of a Swarm that takes tasks. */
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
  /** `debian:bookworm-slim`; undefined where it is not known. */
  readonly reference: string | undefined;
  /** Built of a Dockerfile of this stack, not pulled. */
  readonly built: boolean;
  /** Undefined where it is not known; empty is root. */
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
  /** The image, or the file. */
  readonly name: string;
  /** The file, for the place of a finding. */
  readonly file: string | undefined;
  /** The stage that is built; undefined is the last. */
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

/** Docker's own defaults, which a reader overlays with what it finds. */
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

/** Replicas are one: `web-2` is `web`. */
export function withoutNumber(name: string): string {
  return name.replace(/-\d+$/, "");
}
