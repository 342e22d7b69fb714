/** The keys of a service. */

import { build } from "./build";
import { deploy } from "./deploy";
import {
  command,
  either,
  leaf,
  listOf,
  mapOf,
  NAME,
  nothing,
  numeric,
  pairs,
  setOf,
  shape,
  text,
  textLike,
  textOrTexts,
  texts,
  truth,
  whole,
  wholeFrom,
  wordOf,
} from "./leaf";
import { development, deviceRequests, envFiles, fileReferences, hosts, ulimits } from "./shared";

const blockLimit = shape({ path: text, rate: whole });
const hook = shape(
  { command, user: text, privileged: truth, working_dir: text, environment: pairs },
  { required: ["command"] },
);

const dependencies = either({
  list: texts,
  map: mapOf(
    shape(
      {
        restart: truth,
        required: leaf("truth"),
        condition: wordOf("service_started", "service_healthy", "service_completed_successfully"),
      },
      { required: ["condition"] },
    ),
    NAME,
  ),
});

const network = either({
  null: nothing,
  map: shape({
    aliases: texts,
    interface_name: text,
    ipv4_address: text,
    ipv6_address: text,
    link_local_ips: texts,
    mac_address: text,
    driver_opts: mapOf(leaf("text", "number")),
    priority: leaf("number"),
    gw_priority: leaf("number"),
  }),
});

const port = either({
  number: leaf("number"),
  text,
  map: shape({
    name: text,
    mode: text,
    host_ip: text,
    target: whole,
    published: leaf("whole", "text"),
    protocol: text,
    app_protocol: text,
  }),
});

const volume = either({
  text,
  map: shape(
    {
      type: wordOf("bind", "volume", "tmpfs", "cluster", "npipe", "image"),
      source: text,
      target: text,
      read_only: truth,
      consistency: text,
      bind: shape({
        propagation: text,
        create_host_path: truth,
        recursive: wordOf("enabled", "disabled", "writable", "readonly"),
        selinux: wordOf("z", "Z"),
      }),
      volume: shape({ labels: pairs, nocopy: truth, subpath: text }),
      tmpfs: shape({ size: wholeFrom(0), mode: numeric }),
      image: shape({ subpath: text }),
    },
    { required: ["type"] },
  ),
});

const healthcheck = shape({
  disable: truth,
  interval: text,
  retries: numeric,
  test: either({ text, list: listOf(text) }),
  timeout: text,
  start_period: text,
  start_interval: text,
});

const option = leaf("text", "number", "truth");

/** Words that people bring along from older files and from the command line. */
const INSTEAD: Readonly<Record<string, string>> = {
  dockerfile: "build: { dockerfile: ... }",
  net: "network_mode",
  log_driver: "logging: { driver: ... }",
  log_opt: "logging: { options: ... }",
  env: "environment",
  volume_driver: "driver, at the volume",
  memory: "mem_limit",
  replicas: "scale, or deploy: { replicas: ... }",
};

export const service = shape(
  {
    annotations: pairs,
    attach: truth,
    blkio_config: shape({
      device_read_bps: listOf(blockLimit),
      device_read_iops: listOf(blockLimit),
      device_write_bps: listOf(blockLimit),
      device_write_iops: listOf(blockLimit),
      weight: whole,
      weight_device: listOf(shape({ path: text, weight: whole })),
    }),
    build,
    cap_add: texts,
    cap_drop: texts,
    cgroup: wordOf("host", "private"),
    cgroup_parent: text,
    command,
    configs: fileReferences,
    container_name: textLike(
      /[a-zA-Z0-9][a-zA-Z0-9_.-]+/,
      "a name: a letter or a digit, then letters, digits, dots, dashes and underscores",
    ),
    cpu_count: wholeFrom(0),
    cpu_percent: wholeFrom(0, 100),
    cpu_period: numeric,
    cpu_quota: numeric,
    cpu_rt_period: numeric,
    cpu_rt_runtime: numeric,
    cpu_shares: numeric,
    cpus: numeric,
    cpuset: text,
    credential_spec: shape({ config: text, file: text, registry: text }),
    depends_on: dependencies,
    deploy,
    develop: development,
    device_cgroup_rules: texts,
    devices: listOf(
      either({
        text,
        map: shape({ source: text, target: text, permissions: text }, { required: ["source"] }),
      }),
    ),
    dns: textOrTexts,
    dns_opt: texts,
    dns_search: textOrTexts,
    domainname: text,
    entrypoint: command,
    env_file: envFiles,
    environment: pairs,
    expose: setOf(leaf("text", "number")),
    extends: either({ text, map: shape({ service: text, file: text }, { required: ["service"] }) }),
    external_links: texts,
    extra_hosts: hosts,
    gpus: either({ text: wordOf("all"), list: deviceRequests([]) }),
    group_add: setOf(leaf("text", "number")),
    healthcheck,
    hostname: text,
    image: text,
    init: truth,
    ipc: text,
    isolation: text,
    label_file: either({ text, list: listOf(text) }),
    labels: pairs,
    links: texts,
    logging: shape({ driver: text, options: mapOf(leaf("text", "number", "null")) }),
    mac_address: text,
    mem_limit: numeric,
    mem_reservation: whole,
    mem_swappiness: whole,
    memswap_limit: numeric,
    models: either({
      list: texts,
      map: mapOf(either({ null: nothing, map: shape({ endpoint_var: text, model_var: text }) })),
    }),
    network_mode: text,
    networks: either({ list: texts, map: mapOf(network, NAME) }),
    oom_kill_disable: truth,
    oom_score_adj: wholeFrom(-1000, 1000),
    pid: leaf("text", "null"),
    pids_limit: numeric,
    platform: text,
    ports: setOf(port),
    post_start: listOf(hook),
    pre_stop: listOf(hook),
    privileged: truth,
    profiles: texts,
    provider: shape(
      {
        type: text,
        options: mapOf(either({ text: option, number: option, truth: option, list: listOf(option) })),
      },
      { required: ["type"] },
    ),
    pull_policy: textLike(
      /always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+/,
      "always, missing, never, build, daily, weekly or every_<duration>",
    ),
    pull_refresh_after: text,
    read_only: truth,
    restart: text,
    runtime: text,
    scale: whole,
    secrets: fileReferences,
    security_opt: texts,
    shm_size: numeric,
    stdin_open: truth,
    stop_grace_period: text,
    stop_signal: text,
    storage_opt: leaf("map"),
    sysctls: pairs,
    tmpfs: textOrTexts,
    tty: truth,
    ulimits,
    use_api_socket: leaf("truth"),
    user: text,
    userns_mode: text,
    uts: text,
    volumes: setOf(volume),
    volumes_from: texts,
    working_dir: text,
  },
  { instead: INSTEAD },
);
