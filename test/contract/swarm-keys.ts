/** The keys of what runs on a swarm: a part of argument-keys.test.ts. */

import type {
  ConfigFile,
  OverlayAttachment,
  OverlayNetworkArgs,
  SecretFile,
  SwarmConfigArgs,
  SwarmPlacement,
  SwarmPort,
  SwarmReservations,
  SwarmRestart,
  SwarmRollback,
  SwarmSecretArgs,
  SwarmServiceArgs,
  SwarmUpdate,
} from "../../components";

/** Every key of the interface, and no other: TypeScript refuses a list with one too few or too many. */
export type Keys<A> = Record<keyof A, true>;

const overlayAttachment: Keys<OverlayAttachment> = { network: true, aliases: true, serviceAlias: true };
const secretFile: Keys<SecretFile> = { secret: true, path: true, mode: true, uid: true, gid: true };
const configFile: Keys<ConfigFile> = {
  content: true,
  contentBase64: true,
  config: true,
  mode: true,
  uid: true,
  gid: true,
};
const swarmPort: Keys<SwarmPort> = { container: true, host: true, protocol: true, expose: true, mode: true };
const swarmPlacement: Keys<SwarmPlacement> = { constraints: true, spread: true, maxReplicasPerNode: true };
const swarmReservations: Keys<SwarmReservations> = { memoryMiB: true, cpus: true };
const swarmUpdate: Keys<SwarmUpdate> = {
  order: true,
  parallelism: true,
  delaySeconds: true,
  maxFailureRatio: true,
};
const swarmRollback: Keys<SwarmRollback> = {
  order: true,
  parallelism: true,
  delaySeconds: true,
  maxFailureRatio: true,
  monitorSeconds: true,
};
const swarmRestart: Keys<SwarmRestart> = {
  condition: true,
  delaySeconds: true,
  maxAttempts: true,
  windowSeconds: true,
};
const swarmSecret: Keys<SwarmSecretArgs> = {
  content: true,
  name: true,
  labels: true,
  keep: true,
  host: true,
};
const swarmConfig: Keys<SwarmConfigArgs> = {
  content: true,
  contentBase64: true,
  name: true,
  labels: true,
  keep: true,
  host: true,
};
const swarmUnsafe: Keys<NonNullable<SwarmServiceArgs["unsafe"]>> = {
  capabilities: true,
  dockerSocket: true,
  hostPaths: true,
};
const overlayNetwork: Keys<OverlayNetworkArgs> = {
  subnet: true,
  gateway: true,
  ipRange: true,
  name: true,
  encrypted: true,
  attachable: true,
  internal: true,
  options: true,
  labels: true,
  host: true,
};
const swarmService: Keys<SwarmServiceArgs> = {
  image: true,
  host: true,
  command: true,
  entrypoint: true,
  environment: true,
  mounts: true,
  healthCheck: true,
  user: true,
  workingDirectory: true,
  capabilities: true,
  cpus: true,
  dns: true,
  dnsSearch: true,
  extraHosts: true,
  hostname: true,
  init: true,
  labels: true,
  logging: true,
  memoryMiB: true,
  monitorSeconds: true,
  name: true,
  readOnlyRoot: true,
  service: true,
  stopGraceSeconds: true,
  stopSignal: true,
  sysctls: true,
  waitTimeoutSeconds: true,
  replicas: true,
  global: true,
  registry: true,
  secrets: true,
  files: true,
  ports: true,
  networks: true,
  endpointMode: true,
  placement: true,
  reservations: true,
  update: true,
  rollback: true,
  restart: true,
  unsafe: true,
};

export const swarmKeys = {
  overlayAttachment,
  secretFile,
  configFile,
  swarmPort,
  swarmPlacement,
  swarmReservations,
  swarmUpdate,
  swarmRollback,
  swarmRestart,
  swarmSecret,
  swarmConfig,
  swarmUnsafe,
  overlayNetwork,
  swarmService,
};
