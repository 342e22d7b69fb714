/** The arguments of a container. Their guard and translation are in container-spec.ts. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment, NetworkReference } from "./attachment";
import type { ContainerFile, Environment } from "./environment";
import type { HealthCheck } from "./health-check";
import type { ImageSource } from "./image-source";
import type { Labels } from "./labels";
import type { Logging } from "./logging";
import type { Mount } from "./mount";
import type { PortMapping } from "./port";
import type { ResourceArgs } from "./resources";
import type { RestartPolicy } from "./restart";
import type { SecurityArgs } from "./security";

/**
 * Source: Docker reference, "docker container run".
 * Changing an argument replaces the container, unless it says otherwise. Adding or taking back one does so always.
 */
export interface ContainerArgs extends ResourceArgs, SecurityArgs {
  /** What runs: an `Image`. */
  readonly image: ImageSource;
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
  /** Whether `up` waits until the container is healthy. Changes nothing that runs. @defaultValue `true` where a health check is given or the Dockerfile of the image has one */
  readonly waitUntilHealthy?: boolean;
  /** How long `up` waits, in seconds. Changes nothing that runs. @defaultValue start period + (interval + timeout) x (retries + 1), at least 60; 120 for the image's own check */
  readonly waitTimeoutSeconds?: number;
  /** What Docker does when the container ends. Changed in place. @defaultValue `"unless-stopped"` */
  readonly restart?: RestartPolicy;
  /** User, or user:group, by name or number. @defaultValue the image's USER */
  readonly user?: pulumi.Input<string>;
  /** Absolute path. @defaultValue the image's WORKDIR */
  readonly workingDirectory?: string;
  /** @defaultValue the short container id */
  readonly hostname?: string;
  /** Addresses by host name, written to /etc/hosts; `"host-gateway"` stands for the Docker host. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** Name servers by IPv4 address. @defaultValue Docker's */
  readonly dns?: readonly string[];
  /** Search domains. @defaultValue Docker's */
  readonly dnsSearch?: readonly string[];
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
