/** The public API of dockwright. */

export { ComposeProject } from "./compose";
export type { ComposeService } from "./compose-service";
export { Container } from "./container";
export { Job } from "./job";
export { Gateway } from "./gateway";
export { DockerHost } from "./host";
export { Image, type BuiltImageArgs, type ImageArgs, type PulledImageArgs } from "./image";
export { OverlayNetwork } from "./overlay-network";
export { SwarmConfig } from "./swarm-config";
export { SwarmSecret } from "./swarm-secret";
export { SwarmService } from "./swarm-service";
export { SwarmStack, type SwarmStackArgs } from "./swarm-stack";
export { BridgeNetwork, type BridgeNetworkArgs } from "./network";
export { Registry, type RegistryArgs } from "./registry";
export { RegistryPush, type RegistryPushArgs } from "./registry-push";
export { WebService } from "./service";
export { Volume, type VolumeArgs } from "./volume";

export type { NetworkAttachment, NetworkReference } from "./values/attachment";
export type { BuildArgs } from "./values/build";
export type { ComposeFiles, ComposeOverride, ComposeProjectArgs } from "./values/compose-args";
export type { ContainerArgs } from "./values/container-args";
export {
  Dockerfile,
  expand,
  type Command,
  type CopyOptions,
  type Expanded,
  type HealthCheckOptions,
  type Origin,
  type RunMount,
  type RunOptions,
  type StageOptions,
  type Word,
} from "./values/dockerfile";
export type {
  DockerHostArgs,
  HostEndpoint,
  HostReference,
  HostSsh,
  HostTls,
  TlsMaterial,
} from "./values/docker-host";
export type { HostAddress } from "./values/host-address";
export type { ContainerFile, Environment } from "./values/environment";
export type {
  GatewayArgs,
  GatewayHttps,
  GatewayListener,
  GatewayRoute,
  Upstream,
  UpstreamGroup,
} from "./values/gateway-args";
export type { WebServiceArgs } from "./values/gateway-service";
export type { HealthCheck } from "./values/health-check";
export type { ImageSource } from "./values/image-source";
export type { JobArgs } from "./values/job-spec";
export type { Labels } from "./values/labels";
export type { Logging } from "./values/logging";
export type { BindMount, Mount, TmpfsMount, VolumeMount, VolumeReference } from "./values/mount";
export type { PortMapping, PortOrRange } from "./values/port";
export type { ResourceArgs, Ulimit } from "./values/resources";
export type { RestartPolicy } from "./values/restart";
export {
  ordinaryCapabilities,
  type Capability,
  type OrdinaryCapability,
  type PowerfulCapability,
} from "./values/capability";
export type { SecurityArgs, UnsafeArgs } from "./values/security";
export type { Subnet } from "./values/subnet";
export type { SwarmStackArguments, SwarmStackOverride } from "./values/swarm-stack-args";
export type { UpdateOrder } from "./values/update";
export type {
  ConfigFile,
  FileAccess,
  OverlayAttachment,
  OverlayNetworkArgs,
  OverlayNetworkReference,
  SecretFile,
  SwarmConfigArgs,
  SwarmConfigReference,
  SwarmObjectArgs,
  SwarmPlacement,
  SwarmPort,
  SwarmRegistry,
  SwarmReservations,
  SwarmRestart,
  SwarmRollback,
  SwarmSecretArgs,
  SwarmSecretReference,
  SwarmServiceArgs,
  SwarmUpdate,
} from "./values/swarm-args";
