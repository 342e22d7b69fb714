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
import { swarmShape } from "../../components/container/arguments/shape";

/** Every key of the interface, and no other: TypeScript refuses a list with one too few or too many. */
export type Keys<A> = Record<keyof A, true>;

/** `true` where two types of keys are the same. */
export type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Does not compile where it is not so. */
export const holds = <T extends true>(proof?: T): T | undefined => proof;

export function keysOf<T extends object>(shape: T): Keys<T> {
  return Object.fromEntries(Object.keys(shape).map((key) => [key, true])) as Keys<T>;
}

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
/** What it takes as a container does is in the table of arguments; the rest is its own. */
const swarmServiceOwn = {
  extraHosts: true,
  name: true,
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
} as const;
const swarmService = { ...keysOf(swarmShape), ...swarmServiceOwn };
holds<Equal<keyof typeof swarmService, keyof SwarmServiceArgs>>();

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
