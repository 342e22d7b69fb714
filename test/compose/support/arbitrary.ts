/** Compose files by chance: every key with values of every form that it takes, many services a file. */

import * as fc from "fast-check";

import {
  name,
  network,
  volumeName,
  key,
  plainText,
  text,
  scalar,
  whole,
  truth,
  listOf,
  setOf,
  record,
  pairs,
  duration,
  size,
  portNumber,
  port,
  mounts,
  command,
  fileReferences,
  ulimits,
  buildUlimits,
  hosts,
} from "./arbitrary-values";
import type { Yaml } from "./write";

const rollout = record({
  parallelism: whole(),
  delay: duration,
  failure_action: fc.constantFrom("pause", "continue", "rollback"),
  monitor: duration,
  max_failure_ratio: fc.constantFrom(0, 0.1, 0.25, "0.3"),
  order: fc.constantFrom("start-first", "stop-first"),
});
const devices = listOf(
  record(
    {
      capabilities: fc.constant(["gpu"]),
      driver: plainText,
      count: fc.oneof<fc.Arbitrary<Yaml>[]>(fc.constant("all"), whole()),
      options: pairs,
    },
    ["capabilities"],
  ),
);

const deploy = record({
  mode: fc.constantFrom("replicated", "global"),
  labels: pairs,
  endpoint_mode: plainText,
  update_config: rollout,
  rollback_config: rollout,
  resources: record({
    reservations: record({
      cpus: fc.constantFrom("0.1", 0.25, 1),
      memory: fc.constantFrom("10M", "1g"),
      devices,
    }),
  }),
  restart_policy: record({
    condition: fc.constantFrom("any", "none", "on-failure"),
    delay: duration,
    max_attempts: whole(),
    window: duration,
  }),
  placement: record({ constraints: listOf(plainText), max_replicas_per_node: whole() }),
});

const build: fc.Arbitrary<Yaml> = fc.oneof<fc.Arbitrary<Yaml>[]>(
  fc.constantFrom(".", "./web", "/abs", "~/x", "https://example.com/x.git", "../y/"),
  record({
    context: fc.constantFrom(".", "web", "/abs", "git@github.com:x/y.git"),
    dockerfile: fc.constantFrom("Dockerfile.dev", "docker/x"),
    args: pairs,
    labels: pairs,
    target: plainText,
    cache_from: listOf(plainText),
    no_cache: truth,
    pull: truth,
    network: plainText,
    shm_size: size,
    extra_hosts: hosts,
    tags: setOf(fc.constantFrom("a", "b", "c")),
    secrets: fileReferences,
    ulimits: buildUlimits,
    provenance: truth,
    additional_contexts: fc.constantFrom<Yaml>({ a: "./a", b: "docker-image://x" }, ["a=../a"]),
  }),
);

const healthcheck = record({
  test: fc.oneof<fc.Arbitrary<Yaml>[]>(text, fc.tuple(fc.constantFrom("CMD", "CMD-SHELL", "NONE"), text)),
  interval: duration,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
  retries: whole(),
  disable: truth,
});

const serviceNetworks: fc.Arbitrary<Yaml> = fc.oneof(
  setOf(network),
  fc.dictionary(
    network,
    fc.oneof(
      fc.constant<Yaml>(null),
      record({
        aliases: setOf(plainText),
        ipv4_address: fc.constant("10.0.0.5"),
        mac_address: plainText,
        priority: fc.integer(),
        gw_priority: fc.integer({ min: -5, max: 5 }),
        driver_opts: fc.dictionary(key, fc.oneof<fc.Arbitrary<Yaml>[]>(plainText, fc.integer())),
        interface_name: plainText,
      }),
    ),
  ) as fc.Arbitrary<Yaml>,
);

const env = fc.oneof(pairs, pairs, fc.constant<Yaml>({}));
const textOrTexts = fc.oneof(plainText, setOf(plainText));

/** Of the keys of a service, each file takes some. */
export const keys: Record<string, fc.Arbitrary<Yaml>> = {
  annotations: pairs,
  attach: truth,
  build,
  cap_add: setOf(fc.constantFrom("NET_ADMIN", "SYS_TIME", "ALL")),
  cap_drop: setOf(fc.constantFrom("NET_ADMIN", "SYS_TIME", "ALL")),
  cgroup: fc.constantFrom("host", "private"),
  cgroup_parent: plainText,
  command,
  configs: fileReferences,
  cpu_count: whole(8),
  cpu_percent: whole(100),
  cpu_period: whole(),
  cpu_quota: whole(),
  cpu_shares: whole(),
  cpus: fc.constantFrom(0, 0.1, 0.5, "0.25", "1.333333333", 2, "1e1"),
  cpuset: plainText,
  depends_on: fc.oneof(
    fc.constantFrom<Yaml>(["web"], ["web", "db"], []),
    fc.dictionary(
      fc.constantFrom("web", "db"),
      record(
        {
          condition: fc.constantFrom("service_started", "service_healthy", "service_completed_successfully"),
          restart: truth,
          required: fc.boolean(),
        },
        ["condition"],
      ),
    ) as fc.Arbitrary<Yaml>,
  ),
  deploy,
  devices: listOf(
    fc.constantFrom<Yaml>("/dev/a", "/dev/b:/dev/c", "/dev/d:/dev/e:r", {
      source: "/dev/f",
      target: "/dev/g",
    }),
  ),
  dns: textOrTexts,
  dns_opt: setOf(plainText),
  dns_search: textOrTexts,
  domainname: text,
  entrypoint: command,
  environment: env,
  env_file: fc.constantFrom<Yaml>(
    "some.env",
    ["some.env", "more.env"],
    [{ path: "none.env", required: false }],
    [{ path: "more.env", format: "raw" }],
  ),
  expose: setOf(
    fc.oneof<fc.Arbitrary<Yaml>[]>(portNumber, portNumber.map(String), fc.constant("9000-9005/udp")),
  ),
  extra_hosts: hosts,
  gpus: fc.oneof(fc.constant<Yaml>("all"), devices),
  group_add: setOf(fc.constantFrom<Yaml>("mail", 5, "6")),
  healthcheck,
  hostname: text,
  init: truth,
  ipc: fc.constantFrom("host", "shareable", "service:web"),
  label_file: fc.constantFrom<Yaml>("some.env", ["some.env", "more.env"]),
  labels: pairs,
  links: setOf(fc.constantFrom("web", "db:alias", "web:w")),
  logging: record({
    driver: plainText,
    options: fc.dictionary(key, fc.oneof<fc.Arbitrary<Yaml>[]>(plainText, fc.integer(), fc.constant(null))),
  }),
  mac_address: plainText,
  mem_limit: size,
  mem_swappiness: whole(100),
  memswap_limit: size,
  networks: serviceNetworks,
  oom_kill_disable: truth,
  oom_score_adj: whole(),
  pid: fc.constantFrom("host", "service:db"),
  pids_limit: whole(),
  platform: plainText,
  ports: setOf(port, 4),
  post_start: listOf(
    record({ command, user: plainText, privileged: truth, environment: pairs }, ["command"]),
  ),
  privileged: truth,
  profiles: fc.constantFrom<Yaml>([], ["p1"], ["p2"], ["p1", "p2"]),
  pull_policy: fc.constantFrom("always", "missing", "if_not_present", "never", "daily"),
  read_only: truth,
  restart: fc.constantFrom("always", "no", "on-failure:3", "unless-stopped"),
  runtime: plainText,
  scale: whole(5),
  secrets: fileReferences,
  security_opt: setOf(plainText),
  shm_size: size,
  stdin_open: truth,
  stop_grace_period: duration,
  stop_signal: plainText,
  sysctls: pairs,
  tmpfs: fc.constantFrom<Yaml>("/t1", ["/t1", "/t2:size=1m"]),
  tty: truth,
  ulimits,
  user: text,
  userns_mode: plainText,
  volumes: mounts,
  volumes_from: setOf(fc.constantFrom("web:ro", "container:x")),
  working_dir: text,
  "x-own": text,
};

const some = (from: Record<string, fc.Arbitrary<Yaml>>, most: number): fc.Arbitrary<Yaml> =>
  fc
    .uniqueArray(fc.constantFrom(...Object.keys(from)), { maxLength: most })
    .chain((chosen) =>
      record(Object.fromEntries(chosen.map((each) => [each, from[each] ?? scalar])), chosen),
    );

const service = fc.tuple(some(keys, 9), fc.boolean()).map(([chosen, extended]): Yaml => ({
  image: extended ? "nginx:${V1}" : "nginx",
  ...(chosen as Record<string, Yaml>),
}));

const ends: Yaml = { image: "nginx" };

export const networks: fc.Arbitrary<Record<string, Yaml>> = fc.dictionary(
  network,
  fc.oneof(
    fc.constant<Yaml>(null),
    record({
      name: text,
      driver: plainText,
      driver_opts: fc.dictionary(key, fc.oneof<fc.Arbitrary<Yaml>[]>(plainText, fc.integer())),
      internal: truth,
      attachable: truth,
      enable_ipv6: truth,
      labels: pairs,
      ipam: record({
        driver: plainText,
        config: fc.constant([{ subnet: "10.0.0.0/16", gateway: "10.0.0.1" }]),
      }),
    }),
    fc.constant<Yaml>({ external: true, name: "theirs" }),
  ),
);

export const volumes: fc.Arbitrary<Record<string, Yaml>> = fc.dictionary(
  volumeName,
  fc.oneof(
    fc.constant<Yaml>(null),
    record({
      name: text,
      driver: fc.constantFrom("local", "x"),
      driver_opts: fc.constantFrom<Yaml>({ o: "bind", device: "./d" }, { size: 5 }),
      labels: pairs,
    }),
    fc.constant<Yaml>({ external: true }),
  ),
);

/** A whole project: `web` and `db` are there to be needed, and need nothing themselves. */
const file = fc
  .record({
    services: fc.dictionary(
      name.filter((each) => each !== "web" && each !== "db"),
      service,
      { maxKeys: 6 },
    ),
    networks,
    volumes,
    own: text,
  })
  .map(({ services, networks: nets, volumes: vols, own }): Yaml => ({
    services: { ...services, web: ends, db: ends },
    networks: { front: null, back: null, ...nets },
    volumes: { data: null, logs: null, x1: null, ...vols },
    secrets: { key: { file: "./key" }, conf: { environment: "V1" } },
    configs: { key: { content: "text" }, conf: { file: "conf" } },
    "x-own": own,
  }));

/** A second file, laid over the first. */
const override = fc
  .dictionary(
    name.filter((each) => each !== "web" && each !== "db"),
    some(keys, 6),
    { maxKeys: 3 },
  )
  .map((services): Yaml => ({
    services: Object.fromEntries(
      Object.entries(services).map(([each, chosen]) => [each, { image: "nginx:2", ...(chosen as object) }]),
    ),
  }));

export interface Generated {
  readonly file: Yaml;
  readonly override: Yaml | undefined;
  readonly profile: string | undefined;
}

export const generated: fc.Arbitrary<Generated> = fc.record({
  file,
  override: fc.option(override, { nil: undefined }),
  profile: fc.option(fc.constantFrom("p1", "p2", "*"), { nil: undefined }),
});
