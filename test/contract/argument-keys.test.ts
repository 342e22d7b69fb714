/**
 * The written interface is the contract, the guard enforces it: a key in one and not in the other is refused though it is
 * documented, or taken though nothing reads it. TypeScript holds these lists equal to the interfaces, the test to the guards.
 */

import type {
  BindMount,
  BridgeNetworkArgs,
  ComposeProjectArgs,
  BuildArgs,
  BuiltImageArgs,
  ContainerArgs,
  GatewayArgs,
  GatewayHttps,
  GatewayListener,
  GatewayRoute,
  JobArgs,
  WebServiceArgs,
  ContainerFile,
  HealthCheck,
  Logging,
  NetworkAttachment,
  PortMapping,
  PulledImageArgs,
  RegistryArgs,
  RegistryPushArgs,
  SwarmStackArgs,
  TmpfsMount,
  Ulimit,
  UnsafeArgs,
  VolumeArgs,
  VolumeMount,
} from "../../components";
import type { DockerHostArgs, HostSsh, HostTls } from "../../components/host/args";
import { containerShape, jobShape } from "../../components/container/arguments/shape";
import { type Equal, holds, type Keys, keysOf, swarmKeys } from "./swarm-keys";
import type { HostSettings, Settings, SwarmSettings } from "../../stacks/settings";

// The table of arguments is the list of these: TypeScript holds it equal to the interfaces.
const container = keysOf(containerShape);
holds<Equal<keyof typeof container, keyof ContainerArgs>>();
const job = { ...keysOf(jobShape), timeoutSeconds: true } as const;
holds<Equal<keyof typeof job, keyof JobArgs>>();
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
const bindMount: Keys<BindMount> = { bind: true, path: true, readOnly: true, createHostPath: true };
const tmpfsMount: Keys<TmpfsMount> = { tmpfs: true, path: true, sizeMiB: true, mode: true, options: true };
const attachment: Keys<NetworkAttachment> = {
  network: true,
  aliases: true,
  serviceAlias: true,
  ipv4Address: true,
};
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
  host: true,
  adopt: true,
};
const composeProject: Keys<ComposeProjectArgs> = {
  files: true,
  environment: true,
  envFiles: true,
  profiles: true,
  projectName: true,
  overrides: true,
  protectVolumes: true,
  adopt: true,
  host: true,
};
const swarmStack: Keys<SwarmStackArgs> = {
  files: true,
  environment: true,
  envFiles: true,
  profiles: true,
  projectName: true,
  overrides: true,
  registry: true,
  keep: true,
  host: true,
};
const dockerfileText: Keys<Extract<NonNullable<BuildArgs["dockerfile"]>, { text: string }>> = { text: true };
const network: Keys<BridgeNetworkArgs> = {
  name: true,
  internal: true,
  options: true,
  labels: true,
  subnet: true,
  gateway: true,
  ipRange: true,
  host: true,
  adopt: true,
};
const built: Keys<BuiltImageArgs> = { build: true, keepBuilds: true, host: true };
const build: Keys<BuildArgs> = {
  context: true,
  dockerfile: true,
  target: true,
  args: true,
  labels: true,
  platform: true,
  noCache: true,
  secrets: true,
  network: true,
  tags: true,
  extraHosts: true,
};
const pulled: Keys<PulledImageArgs> = { reference: true, registry: true, host: true };
const registry: Keys<RegistryArgs> = { address: true, username: true, password: true, host: true };
const push: Keys<RegistryPushArgs> = { image: true, registry: true, repository: true, tag: true };
const dockerHost: Keys<DockerHostArgs> = {
  address: true,
  context: true,
  tls: true,
  ssh: true,
  identity: true,
};
const hostTls: Keys<HostTls> = { ca: true, certificate: true, key: true };
const hostSsh: Keys<HostSsh> = { identityFile: true, knownHostsFile: true, options: true };
const hostSettings: Keys<HostSettings> = { address: true, ssh: true, identity: true };
const hostSettingsSsh: Keys<NonNullable<HostSettings["ssh"]>> = { identityFile: true, knownHostsFile: true };
const swarmSettings: Keys<SwarmSettings> = { dataNode: true, registry: true, encrypted: true };
const swarmSettingsRegistry: Keys<NonNullable<SwarmSettings["registry"]>> = {
  address: true,
  username: true,
  repository: true,
};
const settings: Keys<Settings> = {
  target: true,
  host: true,
  swarm: true,
  port: true,
  apiReplicas: true,
  workerReplicas: true,
  logLevel: true,
  protectData: true,
  memoryMiB: true,
  databasePassword: true,
  databaseRootPassword: true,
  brokerPassword: true,
  registryPassword: true,
};
const memory: Keys<Settings["memoryMiB"]> = {
  api: true,
  broker: true,
  database: true,
  front: true,
  gateway: true,
  trainer: true,
  worker: true,
};

const gatewayRoute: Keys<GatewayRoute> = {
  hosts: true,
  path: true,
  to: true,
  port: true,
  stripPrefix: true,
  healthPath: true,
  balance: true,
};
const gatewayListener: Keys<GatewayListener> = { address: true, expose: true, host: true };
const gatewayHttps: Keys<GatewayHttps> = { ...gatewayListener, issuer: true, email: true };
const gateway: Keys<GatewayArgs> = {
  cpus: true,
  healthCheck: true,
  labels: true,
  logging: true,
  memoryMiB: true,
  restart: true,
  routes: true,
  networks: true,
  http: true,
  https: true,
  drainSeconds: true,
  retrySeconds: true,
  accessLog: true,
  image: true,
  host: true,
  adopt: true,
};

const { timeoutSeconds: _timeout, name: _name, networkMode: _mode, service: _service, ...ofContainers } = job;
const webService: Keys<WebServiceArgs> = {
  ...ofContainers,
  drainSeconds: true,
  healthCheck: true,
  monitorSeconds: true,
  port: true,
  replicas: true,
  restart: true,
  waitTimeoutSeconds: true,
  waitUntilHealthy: true,
};

const interfaces = {
  composeProject,
  swarmStack,
  dockerfileText,
  webService,
  gateway,
  gatewayHttps,
  gatewayListener,
  gatewayRoute,
  job,
  attachment,
  bindMount,
  build,
  built,
  container,
  dockerHost,
  file,
  healthCheck,
  hostSettings,
  hostSettingsSsh,
  hostSsh,
  hostTls,
  logging,
  memory,
  network,
  port,
  pulled,
  push,
  registry,
  settings,
  swarmSettings,
  swarmSettingsRegistry,
  tmpfsMount,
  ulimit,
  unsafe,
  volume,
  volumeMount,
  ...swarmKeys,
};

/** The keys of every guard that loading the library and the settings makes. */
function guardKeys(): Set<string> {
  const seen = new Set<string>();
  jest.isolateModules(() => {
    const guard = "../../components/core/schema";
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
