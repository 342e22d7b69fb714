/** The arguments of the components of a swarm. Their schemas and translations are in `object.ts` and `service/`. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkReference } from "../container/attachment";
import type { ContainerArgs } from "../container/args";
import type { HostReference } from "../host/args";
import type { Labels } from "../deployment/look/given-labels";
import type { PortMapping } from "../container/ports/port";
import type { RestartPolicy } from "../container/restart";
import type { UnsafeArgs } from "../container/security/security";
import type { Subnet } from "../network/subnet";
import type { UpdateOrder } from "../container/update";

/** A reference to an overlay network, such as an `OverlayNetwork` component. */
export interface OverlayNetworkReference extends NetworkReference {
  /** Whether a `Container` can connect to it too. */
  readonly attachable: boolean;
}

/** An overlay network with further names for this service on it. Changing it replaces the tasks, by `update`. */
export interface OverlayAttachment {
  readonly network: OverlayNetworkReference;
  /** Additional host names on this network, in addition to the component's name and the service's name on the swarm. */
  readonly aliases?: readonly string[];
  /** Whether it has the name `service` on this network. @defaultValue `true` */
  readonly serviceAlias?: boolean;
}

/** A reference to a secret of the swarm, such as a `SwarmSecret` component. */
export interface SwarmSecretReference {
  readonly secretId: pulumi.Output<string>;
  readonly secretName: pulumi.Output<string>;
  /** The host that created it, if known. */
  readonly hostKey?: string;
}

/** A reference to a config of the swarm, such as a `SwarmConfig` component. */
export interface SwarmConfigReference {
  readonly configId: pulumi.Output<string>;
  readonly configName: pulumi.Output<string>;
  /** The host that created it, if known. */
  readonly hostKey?: string;
}

/** Owner and mode of a file in the container. */
export interface FileAccess {
  /** File mode as octal text. @defaultValue `"0444"` */
  readonly mode?: string;
  /** The user id of the owner. @defaultValue `0` */
  readonly uid?: number;
  /** The group id of the owner. @defaultValue `0` */
  readonly gid?: number;
}

/** A secret as a file of the container. */
export interface SecretFile extends FileAccess {
  /** Its text, from which a `SwarmSecret` is created, or an existing one. */
  readonly secret: pulumi.Input<string> | SwarmSecretReference;
  /** Absolute path. @defaultValue `/run/secrets/<name>` */
  readonly path?: string;
}

/** A config as a file of the container. */
export interface ConfigFile extends FileAccess {
  /** The text of the file, from which a `SwarmConfig` is created. Give exactly one of `content`, `contentBase64` and `config`. */
  readonly content?: pulumi.Input<string>;
  /** The bytes of the file in base64. */
  readonly contentBase64?: pulumi.Input<string>;
  /** An existing config. */
  readonly config?: SwarmConfigReference;
}

/**
 * A published port: reachable on all addresses of the nodes, so `expose: "public"` is required. Changed in place.
 * Source: Docker reference, "Use swarm mode routing mesh".
 */
export interface SwarmPort extends Omit<PortMapping, "address"> {
  /**
   * `"ingress"`: every node forwards to a task on any node. `"host"`: only on nodes that run a task, one task per node;
   * the old task must stop before the new one starts. @defaultValue `"ingress"`
   */
  readonly mode?: "ingress" | "host";
}

/** Placement of tasks. Changed in place; tasks that match stay running. Source: Docker reference, "docker service create". */
export interface SwarmPlacement {
  /** Such as `["node.role == worker", "node.labels.disk == ssd"]`; all must hold. @defaultValue none */
  readonly constraints?: readonly string[];
  /** Spread tasks evenly over the values of a label, such as `"node.labels.zone"`. @defaultValue over nodes only */
  readonly spread?: string;
  /** @defaultValue no limit */
  readonly maxReplicasPerNode?: number;
}

/** Resources that the scheduler reserves on a node for each task. Changing it replaces the tasks, by `update`. */
export interface SwarmReservations {
  /** Memory, in MiB. @defaultValue none */
  readonly memoryMiB?: pulumi.Input<number>;
  /** Processors, such as `0.5`. @defaultValue none */
  readonly cpus?: pulumi.Input<number>;
}

/**
 * How tasks are updated. A task that fails within `monitorSeconds` counts as a failure; above `maxFailureRatio`,
 * Swarm rolls the service back and the `up` fails. A change does not affect running tasks.
 */
export interface SwarmUpdate {
  /** @defaultValue as described for `update` of `SwarmService` */
  readonly order?: UpdateOrder;
  /** How many tasks to update at once; `0` means all. @defaultValue `1` */
  readonly parallelism?: number;
  /** Seconds between two groups of tasks. @defaultValue `0` */
  readonly delaySeconds?: number;
  /** The tolerated failure ratio, from 0 to 1 in tenths. @defaultValue `0`: none */
  readonly maxFailureRatio?: number;
}

/** The same for a rollback. */
export interface SwarmRollback extends SwarmUpdate {
  /** Seconds for which a task must stay healthy. @defaultValue `5` */
  readonly monitorSeconds?: number;
}

/** The restart policy of tasks in detail. Changing it replaces the tasks, by `update`. */
export interface SwarmRestart {
  /** @defaultValue `"any"` */
  readonly condition?: "none" | "on-failure" | "any";
  /** Seconds before a restart. @defaultValue `5` */
  readonly delaySeconds?: number;
  /** The maximum number of restarts; `0` means no limit. @defaultValue `0` */
  readonly maxAttempts?: number;
  /** The window in seconds in which restarts are counted; `0` means no window. @defaultValue `0` */
  readonly windowSeconds?: number;
}

/**
 * The arguments of a `Container`, plus those for several nodes. Changing one replaces the tasks one after the other, according
 * to `update`, unless stated otherwise; a changed `name`, or a switch between `replicas` and `global`, replaces the service,
 * with a gap. Arguments that a swarm does not support are refused.
 * Source: Docker reference, "docker service create".
 */
export interface SwarmServiceArgs extends Pick<
  ContainerArgs,
  | "capabilities"
  | "command"
  | "cpus"
  | "dns"
  | "dnsSearch"
  | "entrypoint"
  | "environment"
  | "healthCheck"
  | "host"
  | "hostname"
  | "image"
  | "init"
  | "labels"
  | "logging"
  | "memoryMiB"
  | "monitorSeconds"
  | "mounts"
  | "name"
  | "pidsLimit"
  | "readOnlyRoot"
  | "service"
  | "stopGraceSeconds"
  | "stopSignal"
  | "user"
  | "waitTimeoutSeconds"
  | "sysctls"
  | "workingDirectory"
> {
  /** The number of tasks. Changed in place. Excludes `global`. @defaultValue `1` */
  readonly replicas?: number;
  /** One task on each node that `placement` allows. Excludes `replicas`. @defaultValue `false` */
  readonly global?: boolean;
  /**
   * The registry login that the nodes use to pull the image: a `Registry`. A change does not affect running containers.
   * @defaultValue none
   */
  readonly registry?: SwarmRegistry;
  /**
   * Secrets by name: text, or an object with details. Each is a file `/run/secrets/<name>`; never shown, encrypted on the swarm
   * and in the state.
   */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string> | SwarmSecretReference | SecretFile>>;
  /** Files by absolute path, distributed to the nodes as configs. */
  readonly files?: Readonly<Record<string, ConfigFile>>;
  /** Published ports. @defaultValue none */
  readonly ports?: readonly SwarmPort[];
  /** The overlay networks to connect to. @defaultValue none */
  readonly networks?: readonly (OverlayNetworkReference | OverlayAttachment)[];
  /**
   * How the service name resolves: `"vip"` to one address with load balancing by the nodes (needs IPVS in
   * their kernels); `"dnsrr"` to the addresses of all tasks. Changed in place. @defaultValue `"vip"`
   */
  readonly endpointMode?: "vip" | "dnsrr";
  /** Placement of tasks. @defaultValue every node */
  readonly placement?: SwarmPlacement;
  /** Resources reserved for each task. @defaultValue nothing */
  readonly reservations?: SwarmReservations;
  /**
   * How tasks are updated, or only the order. A change does not affect running containers. @defaultValue `"start-first"`, but
   * `"stop-first"` with a port in mode `"host"`, a writable mount, or `placement.maxReplicasPerNode`; one task at a time
   */
  readonly update?: UpdateOrder | SwarmUpdate;
  /** How a failed update is rolled back. A change does not affect running containers. @defaultValue as `update` */
  readonly rollback?: SwarmRollback;
  /** The restart policy of tasks. @defaultValue `"always"` */
  readonly restart?: RestartPolicy | SwarmRestart;
  /** Addresses by host name, written to /etc/hosts. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** Deliberate risks, each with its reason. */
  readonly unsafe?: Pick<UnsafeArgs, "capabilities" | "dockerSocket" | "hostPaths">;
}

/** A registry login, such as a `Registry` component. */
export interface SwarmRegistry {
  readonly address: string;
  readonly login: pulumi.Output<{ readonly username: string; readonly password: string }>;
}

/** Source: Docker reference, "Manage sensitive data with Docker secrets". */
export interface SwarmSecretArgs {
  /** Its text, at most 500 KiB; always a secret. A new text makes a new one, moves the services to it, and removes the old one last. */
  readonly content: pulumi.Input<string>;
  /** The prefix of its name on the swarm, followed by a hash of the content. @defaultValue `<project>-<stack>-<name>` */
  readonly name?: string;
  /** Additional labels. Changing them creates a new object, like new content. */
  readonly labels?: Labels;
  /**
   * How many previous versions stay on the swarm when the content changes. With more than `0`, `pulumi destroy` also keeps
   * the last ones: remove them with `docker secret rm` or `docker config rm`. @defaultValue `0`
   */
  readonly keep?: number;
  /** A manager of the swarm. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}

/** Source: Docker reference, "Store configuration data using Docker Configs". */
export interface SwarmConfigArgs extends Omit<SwarmSecretArgs, "content"> {
  /** Its text, at most 500 KiB. A new text makes a new one, moves the services to it, and removes the old one last. Give exactly one of `content` and `contentBase64`. */
  readonly content?: pulumi.Input<string>;
  /** Its bytes in base64. */
  readonly contentBase64?: pulumi.Input<string>;
}

/**
 * Source: Docker reference, "Overlay network driver". Changing any argument creates a new network, moves the tasks of the services
 * to it according to their `update`, and removes the old one last. So `subnet` must change as well, or be omitted.
 */
export interface OverlayNetworkArgs extends Subnet {
  /**
   * The name on the swarm; it must change together with any other argument. @defaultValue `<project>-<stack>-<name>` and a hash
   * of the arguments
   */
  readonly name?: string;
  /** Whether traffic between nodes is encrypted. @defaultValue `true` */
  readonly encrypted?: boolean;
  /** Whether a `Container` on any node, such as that of a `Gateway`, can connect to it too. @defaultValue `false` */
  readonly attachable?: boolean;
  /** Without external access: tasks reach only each other. @defaultValue `false` */
  readonly internal?: boolean;
  /** Options of the overlay driver, such as `{ "com.docker.network.driver.mtu": "1400" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** Additional labels. */
  readonly labels?: Labels;
  /** A manager of the swarm. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}
