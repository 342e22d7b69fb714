/** The public API of dockwright. */

export { ComposeProject } from "./compose/compose-project";
export type { ComposeService } from "./compose/compose-service";
export { Container } from "./container/container";
export { Job } from "./container/job/job";
export { Gateway } from "./gateway/gateway";
export { DockerHost } from "./host/docker-host";
export { Image, type BuiltImageArgs, type ImageArgs, type PulledImageArgs } from "./image/image";
export { OverlayNetwork } from "./swarm/overlay-network";
export { SwarmConfig } from "./swarm/swarm-config";
export { SwarmSecret } from "./swarm/swarm-secret";
export { SwarmService } from "./swarm/swarm-service";
export { SwarmStack } from "./compose/swarm-stack";
export { BridgeNetwork, type BridgeNetworkArgs } from "./network/bridge-network";
export { Registry, type RegistryArgs } from "./registry/registry";
export { RegistryPush, type RegistryPushArgs } from "./registry/registry-push";
export { WebService } from "./gateway/web-service";
export { Volume, type VolumeArgs } from "./volume/volume";

export type { NetworkAttachment, NetworkReference } from "./container/attachment";
export type { BuildArgs } from "./image/build";
export type { ComposeFiles, ComposeOverride, ComposeProjectArgs } from "./compose/args";
export type { ContainerArgs } from "./container/args";
export {
  Dockerfile,
  type Command,
  type CopyOptions,
  type Expanded,
  type HealthCheckOptions,
  type RunMount,
  type RunOptions,
  type StageOptions,
} from "./image/dockerfile";
export type { DockerHostArgs, HostReference, HostSsh, HostTls } from "./host/args";
export type { ContainerFile, Environment } from "./container/environment";
export type {
  GatewayArgs,
  GatewayHttps,
  GatewayListener,
  GatewayRoute,
  Upstream,
  UpstreamGroup,
} from "./gateway/args";
export type { WebServiceArgs } from "./gateway/web-service-args";
export type { HealthCheck } from "./container/health/health-check";
export type { ImageSource } from "./image/source";
export type { JobArgs } from "./container/job/args";
export type { Labels } from "./deployment/look/given-labels";
export type { Logging } from "./container/logging";
export type { BindMount, Mount, TmpfsMount, VolumeMount, VolumeReference } from "./container/mounts/mount";
export type { PortMapping, PortOrRange } from "./container/ports/port";
export type { ResourceArgs, Ulimit } from "./container/resources";
export type { RestartPolicy } from "./container/restart";
export {
  ordinaryCapabilities,
  type Capability,
  type OrdinaryCapability,
  type PowerfulCapability,
} from "./container/security/capability";
export type { SecurityArgs, UnsafeArgs } from "./container/security/security";
export type { Subnet } from "./network/subnet";
export type { SwarmStackArgs, SwarmStackOverride } from "./compose/stack-args";
export type { UpdateOrder } from "./container/update";
export type {
  ConfigFile,
  FileAccess,
  OverlayAttachment,
  OverlayNetworkArgs,
  OverlayNetworkReference,
  SecretFile,
  SwarmConfigArgs,
  SwarmConfigReference,
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
} from "./swarm/args";
