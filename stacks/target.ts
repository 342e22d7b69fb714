/** What the deployment is made of, in words that one host and a swarm both know. */

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
  /** Where volumes and the gateway are: a host, which of a swarm is a manager. */
  readonly at: { readonly host?: DockerHost };
  network(name: string, args?: Pick<OverlayNetworkArgs, "internal" | "subnet">): NetworkReference;
  image(name: string, build: BuildArgs): ImageSource;
  service(name: string, args: ServiceArgs): Service;
  webService(name: string, args: WebArgs): Web;
}

/** The part of `ContainerArgs` and of `SwarmServiceArgs` that is the same; their pages say what a change does. */
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
  /** How many of it run; of several none is looked up by name. @defaultValue one */
  readonly replicas?: number;
  /** What must work before it starts. @defaultValue nothing */
  readonly after?: readonly Service[];
}

/** A service behind the gateway. */
export interface WebArgs extends ServiceArgs {
  /** The port that it listens on. */
  readonly port: number;
}

export interface Service {
  /** All that it is made of, to be waited for. */
  readonly resources: pulumi.Resource[];
}

export interface Web extends Service, UpstreamGroup {
  /** What runs, by its name on the host or on the swarm. */
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
