/**
 * The written interface is the contract, the guard enforces it: a key in one and not in the other is refused though it is
 * documented, or taken though nothing reads it. TypeScript holds these lists equal to the interfaces, the test to the guards.
 */

import type {
  BindMount,
  BridgeNetworkArgs,
  BuildArgs,
  BuiltImageArgs,
  ContainerArgs,
  ContainerFile,
  HealthCheck,
  Logging,
  NetworkAttachment,
  PortMapping,
  PulledImageArgs,
  RegistryArgs,
  RegistryPushArgs,
  TmpfsMount,
  Ulimit,
  UnsafeArgs,
  VolumeArgs,
  VolumeMount,
} from "../../components";
import type { Settings } from "../../stacks/settings";

/** Every key of the interface, and no other: TypeScript refuses a list with one too few or too many. */
type Keys<A> = Record<keyof A, true>;

const container: Keys<ContainerArgs> = {
  image: true,
  command: true,
  entrypoint: true,
  environment: true,
  secrets: true,
  files: true,
  ports: true,
  mounts: true,
  networks: true,
  networkMode: true,
  healthCheck: true,
  waitUntilHealthy: true,
  waitTimeoutSeconds: true,
  restart: true,
  user: true,
  workingDirectory: true,
  hostname: true,
  extraHosts: true,
  dns: true,
  dnsSearch: true,
  init: true,
  stopSignal: true,
  stopGraceSeconds: true,
  logging: true,
  labels: true,
  name: true,
  service: true,
  replica: true,
  memoryMiB: true,
  cpus: true,
  cpuShares: true,
  cpuSet: true,
  shmSizeMiB: true,
  ulimits: true,
  sysctls: true,
  capabilities: true,
  securityOptions: true,
  readOnlyRoot: true,
  devices: true,
  unsafe: true,
};
const unsafe: Keys<UnsafeArgs> = {
  privileged: true,
  dockerSocket: true,
  hostNetwork: true,
  hostPid: true,
  hostIpc: true,
  hostPaths: true,
  devices: true,
  capabilities: true,
  newPrivileges: true,
  unconfined: true,
};
const healthCheck: Keys<HealthCheck> = {
  command: true,
  intervalSeconds: true,
  timeoutSeconds: true,
  retries: true,
  startPeriodSeconds: true,
};
const port: Keys<PortMapping> = { container: true, host: true, protocol: true, expose: true, address: true };
const volumeMount: Keys<VolumeMount> = { volume: true, path: true, readOnly: true };
const bindMount: Keys<BindMount> = { bind: true, path: true, readOnly: true };
const tmpfsMount: Keys<TmpfsMount> = { tmpfs: true, path: true, sizeMiB: true, mode: true };
const attachment: Keys<NetworkAttachment> = { network: true, aliases: true, ipv4Address: true };
const file: Keys<ContainerFile> = { content: true, contentBase64: true, mode: true };
const logging: Keys<Logging> = { driver: true, options: true };
const ulimit: Keys<Ulimit> = { soft: true, hard: true };
const volume: Keys<VolumeArgs> = {
  name: true,
  driver: true,
  driverOptions: true,
  labels: true,
  whenDestroyed: true,
  protect: true,
};
const network: Keys<BridgeNetworkArgs> = {
  name: true,
  internal: true,
  options: true,
  labels: true,
  subnet: true,
  gateway: true,
  ipRange: true,
};
const built: Keys<BuiltImageArgs> = { build: true };
const build: Keys<BuildArgs> = {
  context: true,
  dockerfile: true,
  target: true,
  args: true,
  labels: true,
  platform: true,
  noCache: true,
};
const pulled: Keys<PulledImageArgs> = { reference: true, registry: true };
const registry: Keys<RegistryArgs> = { address: true, username: true, password: true };
const push: Keys<RegistryPushArgs> = { image: true, registry: true, repository: true, tag: true };
const settings: Keys<Settings> = {
  port: true,
  apiReplicas: true,
  workerReplicas: true,
  logLevel: true,
  protectData: true,
  memoryMiB: true,
  databasePassword: true,
  databaseRootPassword: true,
  brokerPassword: true,
};
const memory: Keys<Settings["memoryMiB"]> = {
  api: true,
  broker: true,
  database: true,
  front: true,
  trainer: true,
  worker: true,
};

const interfaces = {
  attachment,
  bindMount,
  build,
  built,
  container,
  file,
  healthCheck,
  logging,
  memory,
  network,
  port,
  pulled,
  push,
  registry,
  settings,
  tmpfsMount,
  ulimit,
  unsafe,
  volume,
  volumeMount,
};

/** The keys of every guard that loading the library and the settings makes. */
function guardKeys(): Set<string> {
  const seen = new Set<string>();
  jest.isolateModules(() => {
    const guard = "../../components/internal/guard";
    jest.doMock(guard, () => {
      const real = jest.requireActual<{ strict: (...args: unknown[]) => unknown }>(guard);
      return {
        ...real,
        strict: (shape: object, ...more: unknown[]) => {
          seen.add(sorted(shape));
          return real.strict(shape, ...more);
        },
      };
    });
    jest.requireActual("../../components");
    jest.requireActual("../../stacks/settings");
    jest.dontMock(guard);
  });
  return seen;
}

const sorted = (keys: object): string => Object.keys(keys).sort().join(" ");

const guards = guardKeys();

test.each(Object.entries(interfaces))("the guard of %s knows the keys of its interface", (_, keys) => {
  expect(guards).toContain(sorted(keys));
});

test("no guard is without an interface in this list", () => {
  const known = new Set(Object.values(interfaces).map(sorted));
  expect([...guards].filter((keys) => !known.has(keys))).toEqual([]);
});
