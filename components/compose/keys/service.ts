/** The keys of a service. */

import { blkioConfig } from "./block-io";
import { build } from "./build";
import { deploy } from "./deploy";
import { develop } from "./develop";
import { healthcheck } from "./health-check";
import { pullPolicy, pullRefreshAfter } from "./image";
import * as k from "./aspects/key";
import {
  LEAVE_OUT,
  LIMITS,
  NO_INPUT,
  NO_TASK,
  NOT_HERE,
  ONE_HOST,
  refused,
  refusedWhen,
  refusedYet,
  type Remark,
  warned,
  warnedWhen,
  warnedYet,
  WINDOWS,
} from "./aspects/limit";
import * as long from "./aspects/long";
import * as merging from "./aspects/merging";
import { dns, dnsSearch, extraHosts, ipc, networkMode, pid, usernsMode } from "./namespaces";
import { gpus } from "./gpus";
import { expose, ports, serviceNetwork, volumes } from "./mounts";
import { program, restart } from "./process";
import * as read from "./aspects/read";
import { configs, dependsOn, envFile, extends_, labelFile, models, provider, secrets } from "./references";
import { hook, ulimits } from "./shared";
import * as shape from "./aspects/shape";
import { beforeEquals, deviceTarget } from "./aspects/unique";

const { append } = merging;
const merged: k.Aspects = { merge: append, unique: beforeEquals };
const names = k.key(k.texts, { unique: beforeEquals });
const words = k.leaf(shape.textOrTexts, read.texts);
const size = k.leaf(shape.numeric, read.bytes);
const flag = k.key(k.flag, { cast: "truth" });
const whole = (host?: Remark, swarm?: Remark) =>
  k.leaf(shape.numeric, read.whole, { cast: "whole", host, swarm });
const wholeFrom = (min: number, max: number | undefined, host: Remark) =>
  k.leaf(shape.wholeFrom(min, max), read.whole, { cast: "whole", host });

const useInstead = (instead: string): Remark => warned(NO_INPUT, instead);
const onOneHost: k.Aspects = { swarm: refused(NO_TASK, ONE_HOST) };
const leftOut: k.Aspects = { swarm: warned(NOT_HERE, "remove it, or set it in the image") };
const underLimits = refused(NO_TASK, LIMITS);

/** Keys of older files, and options of the command line. */
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

export const service = k.record(
  {
    /** `null` keeps the image's command; an empty list clears it. */
    command: k.always(program, null),
    /** As `command`. */
    entrypoint: k.always(program, null),
    profiles: names,
    annotations: k.key(k.pairs, { ...merged, host: useInstead("use labels") }),
    attach: k.key(k.truth, {
      host: warned("only affects the output of docker compose up", LEAVE_OUT, ["false"]),
    }),
    build,
    develop,
    blkio_config: blkioConfig,
    cap_add: names,
    cap_drop: names,
    cgroup_parent: k.key(k.text, { host: refusedYet }),
    cgroup: k.leaf(shape.wordOf("host", "private"), read.text, { host: refusedYet }),
    cpu_count: wholeFrom(0, undefined, warned(WINDOWS, "use cpus")),
    cpu_percent: k.leaf(shape.wholeFrom(0, 100), read.number, {
      cast: "number",
      host: warned(WINDOWS, "use cpus"),
    }),
    cpu_period: whole(refusedYet),
    cpu_quota: whole(refusedYet),
    cpu_rt_period: whole(useInstead("use cpus")),
    cpu_rt_runtime: whole(useInstead("use cpus")),
    cpus: k.leaf(shape.numeric, read.number, { cast: "single" }),
    cpuset: k.key(k.text, { swarm: underLimits }),
    cpu_shares: whole(undefined, underLimits),
    configs,
    container_name: k.leaf(
      shape.textLike(
        /[a-zA-Z0-9][a-zA-Z0-9_.-]+/,
        "a name: a letter or a digit, then letters, digits, dots, dashes and underscores",
      ),
      read.text,
      { swarm: warned("names one container, but a Swarm names each task itself", LEAVE_OUT) },
    ),
    credential_spec: k.key(k.record({ config: k.text, file: k.text, registry: k.text }), {
      host: refused(WINDOWS, LEAVE_OUT),
    }),
    depends_on: dependsOn,
    deploy,
    device_cgroup_rules: k.key(k.texts, { host: refused(NO_INPUT, "name the devices under devices") }),
    devices: k.key(
      k.listOf(
        k.short(
          { text: shape.text },
          k.record({ source: k.text, target: k.text, permissions: k.text }, { required: ["source"] }),
          { long: long.device },
        ),
      ),
      { unique: deviceTarget, ...onOneHost },
    ),
    dns,
    dns_opt: k.key(k.texts, { ...merged, ...leftOut }),
    dns_search: dnsSearch,
    domainname: k.key(k.text, leftOut),
    provider,
    env_file: envFile,
    environment: k.key(k.variables, merged),
    expose,
    extends: extends_,
    external_links: k.key(k.texts, {
      host: refused(
        "links to a container outside the project",
        "join its network as an external one, and use the container's name",
      ),
    }),
    /** `HOST=ADDRESS`. */
    extra_hosts: extraHosts,
    group_add: k.leaf(shape.setOf(shape.oneOf("text", "number")), read.texts, {
      swarm: refused(NOT_HERE, "set the group number with user: 1000:GROUP"),
    }),
    gpus,
    hostname: k.text,
    healthcheck,
    image: k.key(k.text, {
      swarm: refusedWhen(
        "another registry than that of the stack, beside `build`",
        "is where the stack pushes its builds",
        "remove the registry",
      ),
    }),
    init: k.key(k.truth, { cast: "truth" }),
    ipc,
    isolation: k.key(k.text, { host: refused(WINDOWS, LEAVE_OUT) }),
    label_file: labelFile,
    labels: k.key(k.pairs, {
      ...merged,
      swarm: warned(
        "labels the containers, which is not supported on a Swarm",
        "write them under deploy: labels, where docker service ls and proxies look for them",
      ),
    }),
    links: k.key(names, {
      host: warned(
        "sets a name that only this service sees; here the whole network sees it",
        "use the name of the service",
      ),
    }),
    logging: k.key(
      k.record({
        driver: k.text,
        options: k.leaf(shape.mapOf(shape.oneOf("text", "number", "null")), read.pairs),
      }),
      { merge: merging.logging },
    ),
    mem_limit: size,
    mem_reservation: k.leaf(shape.whole, read.bytes),
    memswap_limit: k.key(size, { swarm: underLimits }),
    mem_swappiness: k.leaf(shape.whole, read.bytes, { host: useInstead(LEAVE_OUT) }),
    mac_address: k.key(k.text, { host: warnedYet }),
    models,
    network_mode: networkMode,
    networks: k.short({ list: k.texts.shape }, k.mapOf(serviceNetwork, shape.NAME), {
      long: long.names,
      merge: merging.names,
    }),
    oom_kill_disable: k.key(flag, { host: useInstead("raise mem_limit") }),
    oom_score_adj: wholeFrom(-1000, 1000, useInstead("raise mem_limit")),
    pid,
    pids_limit: whole(),
    platform: k.key(k.text, {
      host: warnedWhen(
        "without `build`",
        "is the platform of the host for an image that is pulled",
        "name the image of that platform by its digest",
      ),
    }),
    ports,
    privileged: k.key(flag, {
      swarm: refused(NO_TASK, `add the one capability that is needed with cap_add, or ${ONE_HOST}`),
    }),
    pull_policy: pullPolicy,
    pull_refresh_after: pullRefreshAfter,
    read_only: flag,
    restart,
    runtime: k.key(k.text, {
      swarm: refused(NO_TASK, "set it for the whole node: dockerd --default-runtime"),
    }),
    scale: k.leaf(shape.whole, read.count, { cast: "whole" }),
    secrets,
    security_opt: k.key(k.texts, {
      swarm: refused(NO_TASK, "set it for the whole node: dockerd --no-new-privileges"),
    }),
    shm_size: k.key(size, {
      swarm: refused(
        NO_TASK,
        "mount a tmpfs of that size: volumes: [{ type: tmpfs, target: /dev/shm, tmpfs: { size: 64m } }]",
      ),
    }),
    stdin_open: k.key(flag, leftOut),
    stop_grace_period: k.duration,
    stop_signal: k.text,
    storage_opt: k.leaf(shape.oneOf("map"), read.pairs, { host: refusedYet }),
    sysctls: k.key(k.pairs, merged),
    tmpfs: k.key(words, {
      ...merged,
      host: refusedWhen("an unknown option", "is not an option of a tmpfs", LEAVE_OUT),
      swarm: refusedWhen("options other than `size` and `mode`", NOT_HERE, LEAVE_OUT),
    }),
    tty: k.key(flag, leftOut),
    ulimits: k.key(ulimits({ cast: "whole" }), {
      swarm: refused(NOT_HERE, "set them for the whole node: dockerd --default-ulimit nofile=65536"),
    }),
    use_api_socket: k.leaf(shape.oneOf("truth"), read.flag, {
      host: refused(
        "hands the whole Docker Engine to the container",
        "mount /var/run/docker.sock, if that is intended",
      ),
    }),
    user: k.text,
    userns_mode: usernsMode,
    uts: k.key(k.text, { host: refused(NO_INPUT, "set hostname") }),
    volumes,
    volumes_from: k.key(k.texts, { host: refusedYet }),
    working_dir: k.text,
    post_start: k.key(k.listOf(hook), {
      host: refused(
        NO_INPUT,
        "make it part of the image's entrypoint, or a service that others wait for with service_completed_successfully",
      ),
    }),
    pre_stop: k.key(k.listOf(hook), {
      host: refused(NO_INPUT, "handle the stop signal in the program"),
    }),
  },
  { instead: INSTEAD },
);
