/** The arguments of what runs on a swarm. Guards and translations are in the files beside it that begin with `swarm-`. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkReference } from "../container/attachment";
import type { ContainerArgs } from "../container/args";
import type { HostReference } from "../host/args";
import type { Labels } from "../deployment/look/labels";
import type { PortMapping } from "../container/ports/port";
import type { RestartPolicy } from "../container/restart";
import type { UnsafeArgs } from "../container/security/security";
import type { Subnet } from "../network/subnet";
import type { UpdateOrder } from "../container/update";

/** Anything that names an overlay network; an `OverlayNetwork` component does. */
export interface OverlayNetworkReference extends NetworkReference {
  /** Whether a `Container` can be on it too. */
  readonly attachable: boolean;
}

/** An overlay network with further names for this service on it. Changing it replaces the tasks, by `update`. */
export interface OverlayAttachment {
  readonly network: OverlayNetworkReference;
  /** Further host names on this network, beside the component's name and the service's name on the swarm. */
  readonly aliases?: readonly string[];
  /** Whether it answers to `service` on this network. @defaultValue `true` */
  readonly serviceAlias?: boolean;
}

/** Anything that names a secret of the swarm; a `SwarmSecret` component does. */
export interface SwarmSecretReference {
  readonly secretId: pulumi.Output<string>;
  readonly secretName: pulumi.Output<string>;
  /** The host by which it was made, where that is known. */
  readonly hostKey?: string;
}

/** Anything that names a config of the swarm; a `SwarmConfig` component does. */
export interface SwarmConfigReference {
  readonly configId: pulumi.Output<string>;
  readonly configName: pulumi.Output<string>;
  /** The host by which it was made, where that is known. */
  readonly hostKey?: string;
}

/** Who may read a file, as the container sees it. */
export interface FileAccess {
  /** Permissions as octal text. @defaultValue `"0444"` */
  readonly mode?: string;
  /** The number of the user that owns it. @defaultValue `0` */
  readonly uid?: number;
  /** The number of the group that owns it. @defaultValue `0` */
  readonly gid?: number;
}

/** A secret as a file of the container. */
export interface SecretFile extends FileAccess {
  /** Its text, of which a `SwarmSecret` is made, or one that was made already. */
  readonly secret: pulumi.Input<string> | SwarmSecretReference;
  /** Absolute path. @defaultValue `/run/secrets/<name>` */
  readonly path?: string;
}

/** A config as a file of the container. */
export interface ConfigFile extends FileAccess {
  /** The text of the file, of which a `SwarmConfig` is made. Give exactly one of `content`, `contentBase64` and `config`. */
  readonly content?: pulumi.Input<string>;
  /** The bytes of the file in base64. */
  readonly contentBase64?: pulumi.Input<string>;
  /** One that was made already. */
  readonly config?: SwarmConfigReference;
}

/**
 * A published port: reached on all addresses of the nodes, so `expose: "public"` must say that this is meant. Changed in place.
 * Source: Docker reference, "Use swarm mode routing mesh".
 */
export interface SwarmPort extends Omit<PortMapping, "address"> {
  /**
   * `"ingress"`: every node leads to a task, wherever it runs. `"host"`: only on the nodes that run a task, one a node; the
   * old task must end before the new one starts. @defaultValue `"ingress"`
   */
  readonly mode?: "ingress" | "host";
}

/** Where tasks may run. Changed in place; tasks that may stay are not started anew. Source: Docker reference, "docker service create". */
export interface SwarmPlacement {
  /** Such as `["node.role == worker", "node.labels.disk == ssd"]`; all must hold. @defaultValue none */
  readonly constraints?: readonly string[];
  /** Spread evenly over the values of this, such as `"node.labels.zone"`. @defaultValue over nodes alone */
  readonly spread?: string;
  /** @defaultValue no limit */
  readonly maxReplicasPerNode?: number;
}

/** What the scheduler sets aside on a node for each task. Changing it replaces the tasks, by `update`. */
export interface SwarmReservations {
  /** Memory, in MiB. @defaultValue none */
  readonly memoryMiB?: pulumi.Input<number>;
  /** Processors, such as `0.5`. @defaultValue none */
  readonly cpus?: pulumi.Input<number>;
}

/**
 * How tasks are replaced. A task that fails before it has lasted `monitorSeconds` counts as a failure; too many of them, and
 * Swarm rolls the service back, which is an error of the `up`. Changing it changes nothing that runs.
 */
export interface SwarmUpdate {
  /** @defaultValue as `update` of `SwarmService` says */
  readonly order?: UpdateOrder;
  /** How many tasks at once; `0` stands for all. @defaultValue `1` */
  readonly parallelism?: number;
  /** Seconds between one group of tasks and the next. @defaultValue `0` */
  readonly delaySeconds?: number;
  /** Which part of the tasks may fail, from 0 to 1 in tenths. @defaultValue `0`: none */
  readonly maxFailureRatio?: number;
}

/** The same for the way back. */
export interface SwarmRollback extends SwarmUpdate {
  /** Seconds for which a task must last. @defaultValue `5` */
  readonly monitorSeconds?: number;
}

/** What Swarm does when a task ends, in all its detail. Changing it replaces the tasks, by `update`. */
export interface SwarmRestart {
  /** @defaultValue `"any"` */
  readonly condition?: "none" | "on-failure" | "any";
  /** Seconds before it is started again. @defaultValue `5` */
  readonly delaySeconds?: number;
  /** How many times at most; `0` stands for ever. @defaultValue `0` */
  readonly maxAttempts?: number;
  /** Seconds in which the attempts are counted; `0` stands for always. @defaultValue `0` */
  readonly windowSeconds?: number;
}

/**
 * The arguments of a `Container`, in the same words, and what several nodes add. Changing one replaces the tasks one after the
 * other, by `update`, unless it says otherwise; another `name`, and to go from `replicas` to `global` or back, replace the
 * service, with a gap. What a swarm cannot do is refused by name.
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
  /** How many tasks run. Changed in place. Excludes `global`. @defaultValue `1` */
  readonly replicas?: number;
  /** One task on each node that `placement` allows. Excludes `replicas`. @defaultValue `false` */
  readonly global?: boolean;
  /** The login with which the nodes pull the image: a `Registry`. Changing it changes nothing that runs. @defaultValue none */
  readonly registry?: SwarmRegistry;
  /** Secrets by name: text, or more of it. Each is a file `/run/secrets/<name>`; never shown, encrypted on the swarm and in the state. */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string> | SwarmSecretReference | SecretFile>>;
  /** Files by absolute path, carried to the nodes as configs. */
  readonly files?: Readonly<Record<string, ConfigFile>>;
  /** Published ports. @defaultValue none */
  readonly ports?: readonly SwarmPort[];
  /** The overlay networks to be on. @defaultValue none */
  readonly networks?: readonly (OverlayNetworkReference | OverlayAttachment)[];
  /**
   * How the service is found on its networks: `"vip"` by one address, behind which the nodes spread connections (needs IPVS
   * in their kernels); `"dnsrr"` by the addresses of all tasks. Changed in place. @defaultValue `"vip"`
   */
  readonly endpointMode?: "vip" | "dnsrr";
  /** Where tasks may run. @defaultValue everywhere */
  readonly placement?: SwarmPlacement;
  /** What is set aside for each task. @defaultValue nothing */
  readonly reservations?: SwarmReservations;
  /**
   * How tasks are replaced, or the order alone. Changes nothing that runs. @defaultValue `"start-first"`, but `"stop-first"`
   * with a port in mode `"host"`, a mount it may write to, or `placement.maxReplicasPerNode`; one task at a time
   */
  readonly update?: UpdateOrder | SwarmUpdate;
  /** The way back where an update fails. Changes nothing that runs. @defaultValue as `update` */
  readonly rollback?: SwarmRollback;
  /** What Swarm does when a task ends. @defaultValue `"always"` */
  readonly restart?: RestartPolicy | SwarmRestart;
  /** Addresses by host name, written to /etc/hosts. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** Risks taken on purpose, each with its reason. */
  readonly unsafe?: Pick<UnsafeArgs, "capabilities" | "dockerSocket" | "hostPaths">;
}

/** A login, as a `Registry` component has it. */
export interface SwarmRegistry {
  readonly address: string;
  readonly login: pulumi.Output<{ readonly username: string; readonly password: string }>;
}

/** Source: Docker reference, "Manage sensitive data with Docker secrets". */
export interface SwarmSecretArgs {
  /** Its text, at most 500 KiB; always a secret. A new text makes a new one, moves the services to it, and removes the old one last. */
  readonly content: pulumi.Input<string>;
  /** The beginning of its name on the swarm; what follows tells its content. @defaultValue `<project>-<stack>-<name>` */
  readonly name?: string;
  /** Further labels. Changing them makes a new one, as a new content does. */
  readonly labels?: Labels;
  /**
   * How many former ones stay on the swarm when the content changes. With more than `0` a `pulumi destroy` leaves the last
   * ones too: remove them by `docker secret rm`, or `docker config rm`. @defaultValue `0`
   */
  readonly keep?: number;
  /** A manager of the swarm. @defaultValue the host of DOCKER_HOST, or the local socket */
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
 * Source: Docker reference, "Overlay network driver". Changing any argument makes another network, moves the tasks of the services
 * there, by their `update`, and removes the old one last. So a `subnet` must be another one then, or be left to Docker.
 */
export interface OverlayNetworkArgs extends Subnet {
  /** The name on the swarm, which must change too where anything changes. @defaultValue `<project>-<stack>-<name>` and what tells the arguments */
  readonly name?: string;
  /** Whether what goes from node to node is encrypted. @defaultValue `true` */
  readonly encrypted?: boolean;
  /** Whether a `Container` of any node, such as that of a `Gateway`, can be on it too. @defaultValue `false` */
  readonly attachable?: boolean;
  /** Without a way out: members reach each other only. @defaultValue `false` */
  readonly internal?: boolean;
  /** Options of the overlay driver, such as `{ "com.docker.network.driver.mtu": "1400" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** Further labels. */
  readonly labels?: Labels;
  /** A manager of the swarm. @defaultValue the host of DOCKER_HOST, or the local socket */
  readonly host?: HostReference;
}
