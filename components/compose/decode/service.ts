/** A service. */

import type { Service } from "../model";
import type {
  BlockIo,
  BlockLimit,
  Dependency,
  Device,
  HealthCheck,
  Mount,
  Port,
  ServiceNetwork,
  Watch,
} from "../model-parts";
import type { Plain } from "../node";
import { plainText } from "../values";
import { build } from "./build";
import { deploy } from "./deploy";
import {
  bytes,
  bytesOrZero,
  command,
  count,
  type Decoder,
  duration,
  flag,
  isMapping,
  listOf,
  mapOf,
  natural,
  number,
  otherwise,
  pairs,
  record,
  text,
  texts,
  truth,
  unsigned,
  variables,
  whole,
} from "./leaf";
import { deviceRequest, fileReference, hook, hosts, ulimits } from "./shared";

const dependency: Decoder<Dependency> = (value, path, report) => ({
  required: true,
  ...record<Dependency>({ condition: text, restart: flag, required: truth })(value, path, report),
});

const healthTest: Decoder<readonly string[]> = (value) => {
  const words = Array.isArray(value) ? value.map(plainText) : ["CMD-SHELL", plainText(value)];
  return words.length === 0 ? undefined : words;
};

const port = record<Port>({
  name: text,
  mode: text,
  host_ip: text,
  target: natural,
  published: text,
  protocol: text,
  app_protocol: text,
});

const mount = record<Mount>({
  type: text,
  source: text,
  target: text,
  read_only: flag,
  consistency: text,
  bind: record<NonNullable<Mount["bind"]>>({
    selinux: text,
    propagation: text,
    create_host_path: flag,
    recursive: text,
  }),
  volume: record<NonNullable<Mount["volume"]>>({ labels: pairs, nocopy: flag, subpath: text }),
  tmpfs: record<NonNullable<Mount["tmpfs"]>>({ size: bytes, mode: natural }),
  image: record<NonNullable<Mount["image"]>>({ subpath: text }),
});

const serviceNetwork = record<ServiceNetwork>({
  aliases: texts,
  driver_opts: pairs,
  gw_priority: whole,
  interface_name: text,
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: texts,
  mac_address: text,
  priority: whole,
});

const field = (value: Plain, key: string): Plain => (isMapping(value) ? (value[key] ?? null) : null);

const blockLimit: Decoder<BlockLimit> = (value, path, report) => ({
  Path: plainText(field(value, "path")),
  Rate: otherwise(bytesOrZero, "0")(field(value, "rate"), [...path, "rate"], report),
});

const blockIo = record<BlockIo>({
  weight: natural,
  weight_device: listOf((value, path, report) => ({
    Path: plainText(field(value, "path")),
    Weight: otherwise(unsigned, 0)(field(value, "weight"), [...path, "weight"], report),
  })),
  device_read_bps: listOf(blockLimit),
  device_read_iops: listOf(blockLimit),
  device_write_bps: listOf(blockLimit),
  device_write_iops: listOf(blockLimit),
});

const watch: Decoder<Watch> = (value, path, report) => ({
  path: plainText(field(value, "path")),
  action: plainText(field(value, "action")),
  exec: hook(field(value, "exec"), [...path, "exec"], report) ?? { command: null },
  ...record<Omit<Watch, "path" | "action" | "exec">>({
    target: text,
    include: texts,
    ignore: texts,
    initial_sync: flag,
  })(value, path, report),
});

const modelUse = record<{ endpoint_var?: string; model_var?: string }>({
  endpoint_var: text,
  model_var: text,
});

const fields = record<Omit<Service, "command" | "entrypoint">>({
  profiles: texts,
  annotations: pairs,
  attach: truth,
  build,
  develop: record<NonNullable<Service["develop"]>>({ watch: listOf(watch) }),
  blkio_config: blockIo,
  cap_add: texts,
  cap_drop: texts,
  cgroup_parent: text,
  cgroup: text,
  cpu_count: whole,
  cpu_percent: number,
  cpu_period: whole,
  cpu_quota: whole,
  cpu_rt_period: whole,
  cpu_rt_runtime: whole,
  cpus: number,
  cpuset: text,
  cpu_shares: whole,
  configs: listOf(fileReference),
  container_name: text,
  credential_spec: record<NonNullable<Service["credential_spec"]>>({
    config: text,
    file: text,
    registry: text,
  }),
  depends_on: mapOf(dependency),
  deploy,
  device_cgroup_rules: texts,
  devices: listOf(record<Device>({ source: text, target: text, permissions: text })),
  dns: texts,
  dns_opt: texts,
  dns_search: texts,
  domainname: text,
  provider: record<NonNullable<Service["provider"]>>({ type: text, options: mapOf(texts) }),
  environment: variables,
  expose: texts,
  external_links: texts,
  extra_hosts: hosts,
  group_add: texts,
  gpus: listOf(deviceRequest),
  hostname: text,
  healthcheck: record<HealthCheck>({
    test: healthTest,
    timeout: duration,
    interval: duration,
    retries: unsigned,
    start_period: duration,
    start_interval: duration,
    disable: flag,
  }),
  image: text,
  init: truth,
  ipc: text,
  isolation: text,
  labels: pairs,
  links: texts,
  logging: record<NonNullable<Service["logging"]>>({ driver: text, options: pairs }),
  mem_limit: bytes,
  mem_reservation: bytes,
  memswap_limit: bytes,
  mem_swappiness: bytes,
  mac_address: text,
  models: mapOf((value, path, report) => modelUse(value, path, report) ?? null),
  network_mode: text,
  networks: mapOf((value, path, report) => serviceNetwork(value, path, report) ?? null),
  oom_kill_disable: flag,
  oom_score_adj: whole,
  pid: text,
  pids_limit: whole,
  platform: text,
  ports: listOf(port),
  privileged: flag,
  pull_policy: text,
  read_only: flag,
  restart: text,
  runtime: text,
  scale: count,
  secrets: listOf(fileReference),
  security_opt: texts,
  shm_size: bytes,
  stdin_open: flag,
  stop_grace_period: duration,
  stop_signal: text,
  storage_opt: pairs,
  sysctls: pairs,
  tmpfs: texts,
  tty: flag,
  ulimits,
  use_api_socket: flag,
  user: text,
  userns_mode: text,
  uts: text,
  volumes: listOf(mount),
  volumes_from: texts,
  working_dir: text,
  post_start: listOf(hook),
  pre_stop: listOf(hook),
});

/** Compose prints these two also where they are `null`, which is not the same as empty. */
export const service: Decoder<Service> = (value, path, report) => {
  const words = (key: string): readonly string[] | null =>
    otherwise<readonly string[] | null>(command, null)(field(value, key), [...path, key], report);
  return { command: words("command"), entrypoint: words("entrypoint"), ...fields(value, path, report) };
};
