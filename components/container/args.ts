/** The arguments of a container. Their schema and translation are in schema.ts. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment, NetworkReference } from "./attachment";
import type { ContainerFile, Environment } from "./environment";
import type { HostReference } from "../host/args";
import type { HealthCheck } from "./health/health-check";
import type { ImageSource } from "../image/source";
import type { Labels } from "../deployment/look/given-labels";
import type { Logging } from "./logging";
import type { Mount } from "./mounts/mount";
import type { PortMapping } from "./ports/port";
import type { ResourceArgs } from "./resources";
import type { RestartPolicy } from "./restart";
import type { SecurityArgs } from "./security/security";
import type { UpdateOrder } from "./update";

/**
 * Source: Docker reference, "docker container run".
 * Changing an argument replaces the container unless stated otherwise. Adding or removing an argument always does.
 */
export interface ContainerArgs extends ResourceArgs, SecurityArgs {
  /** The image: an `Image`. */
  readonly image: ImageSource;
  /**
   * The host: a `DockerHost`; the image, networks and volumes must be on the same host. Changing it starts the container on the
   * new host and removes it from the old one. @defaultValue the host of the `docker` command
   */
  readonly host?: HostReference;
  /**
   * Whether to take over a container that is not managed by this stack: one with the same host name, or one that another
   * backend or clone created for the same stack. It serves until the new one is ready, or stops first, according to `update`;
   * then it is removed. Its volumes and networks stay. A preview lists the takeover. Otherwise a change does not affect running
   * containers.
   * @defaultValue `false`: the run fails before anything is changed. `dockwright up --adopt` sets `true` for everything
   */
  readonly adopt?: boolean;
  /** Arguments for the image's entrypoint, or the program and its arguments where it has none. @defaultValue the image's CMD */
  readonly command?: readonly pulumi.Input<string>[];
  /** The program to run instead of the image's entrypoint. @defaultValue the image's ENTRYPOINT */
  readonly entrypoint?: readonly pulumi.Input<string>[];
  /** Environment variables. `docker inspect` shows them: use `secrets` for secrets. */
  readonly environment?: Environment;
  /** Secrets by name, each a file `/run/secrets/<name>` (mode 0444) in the container; never shown, encrypted in the state. */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Files by absolute path, written before the container starts, owned by root. */
  readonly files?: Readonly<Record<string, ContainerFile>>;
  /** Published ports. @defaultValue none */
  readonly ports?: readonly PortMapping[];
  /** Volumes, host paths and tmpfs mounts. @defaultValue none */
  readonly mounts?: readonly Mount[];
  /** The networks to connect to; containers on the same network resolve each other by name. Excludes `networkMode`. */
  readonly networks?: readonly (NetworkReference | NetworkAttachment)[];
  /**
   * A predefined network of Docker: the default bridge, the host network (needs `unsafe.hostNetwork`), or none.
   * @defaultValue `"bridge"` where no `networks` are given
   */
  readonly networkMode?: "bridge" | "host" | "none";
  /** The health check, or `"none"` to disable the check of the image. @defaultValue the image's HEALTHCHECK */
  readonly healthCheck?: HealthCheck | "none";
  /**
   * The replacement order. `"start-first"`: the new container is ready before the old one is removed; from then
   * on it has the network names (see `networks`). `"stop-first"`: the old one stops, the new one starts, and if that
   * fails the old one is started again. A change does not affect running containers, except that a container on networks is replaced.
   * @defaultValue `"start-first"`, but `"stop-first"` with a host port, a fixed `name` or address, the host network, or a writable mount
   */
  readonly update?: UpdateOrder;
  /**
   * Seconds for which a new container must stay healthy once it is ready; otherwise the `up` fails. A change does not affect
   * running containers.
   * @defaultValue `5`
   */
  readonly monitorSeconds?: number;
  /**
   * Seconds that the old container keeps running after the switch, before it is stopped. A change does not affect running
   * containers. @defaultValue `0`
   */
  readonly drainSeconds?: number;
  /**
   * Whether `up` waits until the container is healthy; otherwise it must only be running. A change does not affect running
   * containers.
   * @defaultValue `true` where it has a health check, its own or the image's
   */
  readonly waitUntilHealthy?: boolean;
  /**
   * How long `up` waits, in seconds. A change does not affect running containers.
   * @defaultValue start period + (interval + timeout) x (retries + 1), at least 60; 120 for the image's own check
   */
  readonly waitTimeoutSeconds?: number;
  /** What Docker does when the container exits. Changed in place. @defaultValue `"unless-stopped"` */
  readonly restart?: RestartPolicy;
  /**
   * Whether an exit with code 0 is a success: the container has then completed, and is not started again until it changes.
   * Needs `restart: "no"` or `"on-failure"`. A `Job` is better where others wait for its end. @defaultValue `false`
   */
  readonly mayComplete?: boolean;
  /** User, or user:group, by name or number. @defaultValue the image's USER */
  readonly user?: pulumi.Input<string>;
  /** Absolute path. @defaultValue the image's WORKDIR */
  readonly workingDirectory?: string;
  /** Additional groups of the user, by name or number. @defaultValue those of the user in the image */
  readonly groups?: readonly string[];
  /** @defaultValue the short container id */
  readonly hostname?: string;
  /** The domain name of the container (`domainname`). @defaultValue none */
  readonly domainName?: string;
  /** Addresses by host name, written to /etc/hosts; `"host-gateway"` is the Docker host. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** Name servers by IPv4 address. @defaultValue Docker's */
  readonly dns?: readonly string[];
  /** Search domains. @defaultValue Docker's */
  readonly dnsSearch?: readonly string[];
  /** Options of the resolver, such as `"ndots:2"`. @defaultValue Docker's */
  readonly dnsOptions?: readonly string[];
  /** Whether it has a terminal (TTY), which merges stdout and stderr. @defaultValue `false` */
  readonly tty?: boolean;
  /** Whether its standard input is kept open, for `docker attach`. @defaultValue `false` */
  readonly stdinOpen?: boolean;
  /** Whether an init process forwards signals and reaps processes. @defaultValue `true` */
  readonly init?: boolean;
  /** The signal to stop the process. @defaultValue the image's STOPSIGNAL, else SIGTERM */
  readonly stopSignal?: string;
  /**
   * Seconds between that signal and SIGKILL, also during a replacement. After Ctrl-C, a new container that is not yet in service
   * gets at most 2 seconds, so that the old one runs again before Pulumi ends the program. @defaultValue `10`
   */
  readonly stopGraceSeconds?: number;
  /** @defaultValue `json-file`, 3 files of 10 MB */
  readonly logging?: Logging;
  /** Additional labels. */
  readonly labels?: Labels;
  /** The name on the host. @defaultValue `<project>-<stack>-<name>` */
  readonly name?: string;
  /** The service name: the alias on every network, and the service of Docker Compose. @defaultValue the component's name */
  readonly service?: string;
  /** The number of the container within its service, from 1. @defaultValue `1` */
  readonly replica?: number;
}
