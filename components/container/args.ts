/** The arguments of a container. Their guard and translation are in schema.ts. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment, NetworkReference } from "./attachment";
import type { ContainerFile, Environment } from "./environment";
import type { HostReference } from "../host/args";
import type { HealthCheck } from "./health/health-check";
import type { ImageSource } from "../image/source";
import type { Labels } from "../deployment/look/labels";
import type { Logging } from "./logging";
import type { Mount } from "./mounts/mount";
import type { PortMapping } from "./ports/port";
import type { ResourceArgs } from "./resources";
import type { RestartPolicy } from "./restart";
import type { SecurityArgs } from "./security/security";
import type { UpdateOrder } from "./update";

/**
 * Source: Docker reference, "docker container run".
 * Changing an argument replaces the container, unless it says otherwise. Adding or taking back one does so always.
 */
export interface ContainerArgs extends ResourceArgs, SecurityArgs {
  /** What runs: an `Image`. */
  readonly image: ImageSource;
  /**
   * Where it runs: a `DockerHost`; its image, networks and volumes must be there too. Changing it starts the container
   * there and removes it here. @defaultValue the host of DOCKER_HOST, or the local socket
   */
  readonly host?: HostReference;
  /**
   * Whether to take over a container that this stack did not create: it has the same host name, or it was made for the same stack by another
   * backend or clone. It serves until the new one is ready, or stops for it, as `update` says; then it is removed. Its volumes and
   * networks stay. A preview lists what is taken over, since when it runs, and what is replaced. Changes nothing that runs otherwise.
   * @defaultValue `false`: the run is refused before anything is touched. `dockwright up --adopt` says `true` for everything
   */
  readonly adopt?: boolean;
  /** Arguments for the image's entrypoint, or the program and its arguments where it has none. @defaultValue the image's CMD */
  readonly command?: readonly pulumi.Input<string>[];
  /** The program to run instead of the image's entrypoint. @defaultValue the image's ENTRYPOINT */
  readonly entrypoint?: readonly pulumi.Input<string>[];
  /** Environment variables. They can be read by `docker inspect`: put secrets into `secrets`. */
  readonly environment?: Environment;
  /** Secrets by name, each a file `/run/secrets/<name>` (mode 0444) in the container; never shown, encrypted in the state. */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Files by absolute path, written before the container starts, owned by root. */
  readonly files?: Readonly<Record<string, ContainerFile>>;
  /** Published ports. @defaultValue none */
  readonly ports?: readonly PortMapping[];
  /** Volumes, paths of the host, and memory. @defaultValue none */
  readonly mounts?: readonly Mount[];
  /** The networks to be on; containers on one resolve each other by name. Excludes `networkMode`. */
  readonly networks?: readonly (NetworkReference | NetworkAttachment)[];
  /**
   * One of Docker's own networks: the default bridge, the host's (needs `unsafe.hostNetwork`), or none.
   * @defaultValue `"bridge"` where no `networks` are given
   */
  readonly networkMode?: "bridge" | "host" | "none";
  /** How to find out whether it works, or `"none"` to switch the image's own check off. @defaultValue the image's HEALTHCHECK */
  readonly healthCheck?: HealthCheck | "none";
  /**
   * In which order it is replaced. `"start-first"`: the new one runs and is ready before the old one goes; it answers to
   * its names (see `networks`) from then on. `"stop-first"`: the old one stops, the new one starts, and where that fails
   * the old one is started again. Changes nothing that runs, but for a container on networks, which is replaced.
   * @defaultValue `"start-first"`, but `"stop-first"` with a host port, a fixed `name` or address, the host's network, or a mount it may write to
   */
  readonly update?: UpdateOrder;
  /** Seconds for which a new container must last once it is ready, or the `up` fails. Changes nothing that runs. @defaultValue `5` */
  readonly monitorSeconds?: number;
  /** Seconds that the old container goes on running after the new one took over, before it is asked to stop. Changes nothing that runs. @defaultValue `0` */
  readonly drainSeconds?: number;
  /** Whether `up` waits until the container is healthy, else it must only run. Changes nothing that runs. @defaultValue `true` where it has a health check, its own or the image's */
  readonly waitUntilHealthy?: boolean;
  /** How long `up` waits, in seconds. Changes nothing that runs. @defaultValue start period + (interval + timeout) x (retries + 1), at least 60; 120 for the image's own check */
  readonly waitTimeoutSeconds?: number;
  /** What Docker does when the container ends. Changed in place. @defaultValue `"unless-stopped"` */
  readonly restart?: RestartPolicy;
  /** User, or user:group, by name or number. @defaultValue the image's USER */
  readonly user?: pulumi.Input<string>;
  /** Absolute path. @defaultValue the image's WORKDIR */
  readonly workingDirectory?: string;
  /** Further groups of the user, by name or number. @defaultValue those of the user in the image */
  readonly groups?: readonly string[];
  /** @defaultValue the short container id */
  readonly hostname?: string;
  /** The domain of the host name, as `domainname` gives it. @defaultValue none */
  readonly domainName?: string;
  /** Addresses by host name, written to /etc/hosts; `"host-gateway"` stands for the Docker host. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** Name servers by IPv4 address. @defaultValue Docker's */
  readonly dns?: readonly string[];
  /** Search domains. @defaultValue Docker's */
  readonly dnsSearch?: readonly string[];
  /** Options of the resolver, such as `"ndots:2"`. @defaultValue Docker's */
  readonly dnsOptions?: readonly string[];
  /** Whether it has a terminal; its two streams of output become one. @defaultValue `false` */
  readonly tty?: boolean;
  /** Whether its standard input is kept open, for `docker attach`. @defaultValue `false` */
  readonly stdinOpen?: boolean;
  /** Whether a small init process passes signals on and reaps children. @defaultValue `true` */
  readonly init?: boolean;
  /** The signal that asks the process to end. @defaultValue the image's STOPSIGNAL, else SIGTERM */
  readonly stopSignal?: string;
  /** Seconds between that signal and SIGKILL, at a replacement too. @defaultValue `10` */
  readonly stopGraceSeconds?: number;
  /** @defaultValue `json-file`, 3 files of 10 MB */
  readonly logging?: Logging;
  /** Further labels. */
  readonly labels?: Labels;
  /** The name on the host. @defaultValue `<project>-<stack>-<name>` */
  readonly name?: string;
  /** The service it is part of: its alias on every network, and its name for Docker Compose. @defaultValue the component's name */
  readonly service?: string;
  /** Which of the service's containers it is, from 1. @defaultValue `1` */
  readonly replica?: number;
}
