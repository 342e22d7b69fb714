/** The common interface of the two targets of the deployment: one host, and a swarm. */

import type * as pulumi from "@pulumi/pulumi";
import {
  type BuildArgs,
  type ContainerArgs,
  DockerHost,
  type ImageSource,
  type NetworkReference,
  type OverlayNetworkArgs,
  type UpstreamGroup,
} from "../components";
import type { HostSettings } from "./settings";

export interface Target {
  /** The host of the volumes and the gateway; for a swarm, a manager. */
  readonly at: { readonly host?: DockerHost };
  network(name: string, args?: Pick<OverlayNetworkArgs, "internal" | "subnet">): NetworkReference;
  image(name: string, build: BuildArgs): ImageSource;
  service(name: string, args: ServiceArgs): Service;
  webService(name: string, args: WebArgs): Web;
}

/** The common part of `ContainerArgs` and `SwarmServiceArgs`, which document the effect of a change. */
export interface ServiceArgs extends Pick<
  ContainerArgs,
  | "cpus"
  | "environment"
  | "healthCheck"
  | "image"
  | "memoryMiB"
  | "mounts"
  | "pidsLimit"
  | "readOnlyRoot"
  | "secrets"
  | "stopGraceSeconds"
> {
  /** Networks of the same target; without one it has no connections. */
  readonly networks: readonly NetworkReference[];
  /** The number of containers or tasks; several replicas are not resolved by name. @defaultValue one */
  readonly replicas?: number;
  /** The services that must be ready before it starts. @defaultValue none */
  readonly after?: readonly Service[];
}

/** A service behind the gateway. */
export interface WebArgs extends ServiceArgs {
  /** The port that it listens on. */
  readonly port: number;
}

export interface Service {
  /** All its resources, for `dependsOn`. */
  readonly resources: pulumi.Resource[];
}

export interface Web extends Service, UpstreamGroup {
  /** The names on the host or on the swarm. */
  readonly names: readonly pulumi.Output<string>[];
}

/** @param settings of a host that is not this machine */
export function placeOf(settings: HostSettings | undefined): Target["at"] {
  return settings === undefined ? {} : { host: new DockerHost("host", settings) };
}

/** For `dependsOn`. */
export function partsOf(services: readonly Service[]): pulumi.Resource[] {
  return services.flatMap(({ resources }) => resources);
}
