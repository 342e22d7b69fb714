/** A plan for a Swarm in the words of `docker stack config`, and both in one form, to be compared. Pure. */

import type { PlannedMount } from "../../../components/compose/host/arguments/mounts";
import type { SwarmPlan } from "../../../components/compose/swarm/plan";
import type { PlannedAccess, PlannedSwarmService } from "../../../components/compose/swarm/service";
import type { Path } from "../../../components/compose/source/node";
import { parseDuration } from "../../../components/compose/model/units";
import { testOf } from "../../../components/container/health/inputs";

type Bag = Record<string, unknown>;

/** A part that says nothing is left out. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, each]) => [key, tidy(each)] as const)
    .filter(([key, each]) => !key.startsWith("x-") && each !== undefined && each !== false && !isEmpty(each));
  return Object.fromEntries(kept);
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** The plan as a stack file. */
export function fileOf(plan: SwarmPlan): unknown {
  const keyed = <T>(all: Readonly<Record<string, T>>, of: (one: T) => Bag): Bag =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, of(one)]));
  const objects = (all: SwarmPlan["secrets"]): Bag =>
    keyed(all, (one) =>
      "external" in one
        ? { name: one.external, external: true }
        : { name: one.name, ...("file" in one.from && { file: one.from.file }), labels: one.labels },
    );
  return tidy({
    services: Object.fromEntries(plan.services.map((each) => [each.name, serviceOf(each, plan)])),
    networks: keyed(plan.networks, (one) => {
      if ("external" in one) return { name: one.external, external: true };
      const { subnet, options, encrypted, ...rest } = one.args;
      return {
        ...rest,
        driver_opts: { ...options, ...(encrypted === true && { encrypted: "" }) },
        ...(subnet !== undefined && { ipam: { config: [{ subnet }] } }),
      };
    }),
    volumes: keyed(plan.volumes, (one) =>
      "external" in one ? { name: one.external, external: true } : { name: one.args.name },
    ),
    secrets: objects(plan.secrets),
    configs: objects(plan.configs),
  });
}

function serviceOf({ args, image, push, dependsOn }: PlannedSwarmService, plan: SwarmPlan): Bag {
  const planned = plan.images[image];
  const { healthCheck: check, restart, placement, reservations, rollback } = args;
  const update = typeof args.update === "string" ? { order: args.update } : args.update;
  const detailed = typeof restart === "object" && "condition" in restart ? restart : undefined;
  return {
    image: planned !== undefined && "reference" in planned ? planned.reference : pushed(push),
    command: args.command,
    entrypoint: args.entrypoint,
    environment: args.environment,
    user: args.user,
    working_dir: args.workingDirectory,
    hostname: args.hostname,
    init: args.init,
    read_only: args.readOnlyRoot,
    stop_grace_period: args.stopGraceSeconds,
    stop_signal: args.stopSignal,
    sysctls: args.sysctls,
    dns: args.dns,
    dns_search: args.dnsSearch,
    extra_hosts: Object.entries(args.extraHosts ?? {}).map(([host, address]) => `${host}:${address}`),
    logging: args.logging,
    depends_on: [...dependsOn].sort(),
    capabilities: args.capabilities,
    ...(check !== undefined && {
      healthcheck:
        check === "none"
          ? { disable: true }
          : {
              test: testOf(check.command),
              interval: check.intervalSeconds,
              timeout: check.timeoutSeconds,
              retries: check.retries,
              start_period: check.startPeriodSeconds,
            },
    }),
    ...(detailed === undefined && restart !== undefined && { restart: restartWord(restart) }),
    networks: Object.fromEntries(
      (args.networks ?? []).map(({ network, aliases }) => [
        network,
        aliases === undefined ? null : { aliases },
      ]),
    ),
    ports: (args.ports ?? []).map(({ container, host, protocol = "tcp", mode = "ingress" }) => ({
      mode,
      target: container,
      published: host,
      protocol,
    })),
    volumes: (args.mounts ?? []).map(mountOf),
    secrets: Object.values(args.secrets ?? {}).map(accessOf),
    configs: (args.configs ?? []).map(accessOf),
    deploy: {
      ...(args.global === true && { mode: "global" }),
      replicas: args.replicas,
      labels: args.labels,
      endpoint_mode: args.endpointMode,
      placement: {
        constraints: placement?.constraints,
        preferences: placement?.spread === undefined ? [] : [{ spread: placement.spread }],
        max_replicas_per_node: placement?.maxReplicasPerNode,
      },
      resources: {
        limits: { cpus: args.cpus, memory: args.memoryMiB, pids: args.pidsLimit },
        reservations: { cpus: reservations?.cpus, memory: reservations?.memoryMiB },
      },
      ...(detailed && {
        restart_policy: {
          condition: detailed.condition,
          delay: detailed.delaySeconds,
          max_attempts: detailed.maxAttempts,
          window: detailed.windowSeconds,
        },
      }),
      update_config: rollout(update, args.monitorSeconds),
      rollback_config: rollout(rollback, rollback?.monitorSeconds),
    },
  };
}

const pushed = (push: PlannedSwarmService["push"]): string | undefined =>
  push && `${push.repository}:${push.tag}`;

type Rollout = Exclude<PlannedSwarmService["args"]["update"], string | undefined>;

function rollout(given: Rollout | undefined, monitor: number | undefined): Bag {
  return {
    order: given?.order,
    parallelism: given?.parallelism,
    delay: given?.delaySeconds,
    max_failure_ratio: given?.maxFailureRatio,
    monitor,
  };
}

const restartWord = (restart: string | object): string =>
  typeof restart === "string"
    ? restart
    : `on-failure:${String((restart as { onFailure?: number }).onFailure)}`;

function mountOf(mount: PlannedMount): Bag {
  const at = { target: mount.path };
  if ("volume" in mount) return { type: "volume", source: mount.volume, ...at, read_only: mount.readOnly };
  if ("bind" in mount) return { type: "bind", source: mount.bind, ...at, read_only: mount.readOnly };
  if ("tmpfs" in mount) return { type: "tmpfs", ...at, tmpfs: { size: (mount.sizeMiB ?? 0) * 2 ** 20 } };
  return { type: "volume", ...at, read_only: mount.readOnly };
}

function accessOf({ source, path, mode, uid, gid }: PlannedAccess): Bag {
  return {
    source,
    target: path,
    ...(mode !== undefined && { mode: Number.parseInt(mode, 8) }),
    ...(uid !== undefined && { uid: String(uid) }),
    ...(gid !== undefined && { gid: String(gid) }),
  };
}

const seconds = (text: unknown): unknown =>
  typeof text === "string" ? Number(parseDuration(text) ?? 0n) / 1e9 : text;

/** What Docker printed, without what we tell about by name, and with what it takes for granted written out. */
export function canonical(config: unknown, told: readonly Path[], stack: string): unknown {
  const all = structuredClone(config) as Record<string, Record<string, Bag>>;
  for (const path of told) remove(all, path);
  const services = Object.entries(all["services"] ?? {});
  for (const [name, service] of services) {
    // Of a build whose keys docker stack does not know nothing is left but the lack of an image.
    if ("build" in service || service["image"] === undefined)
      service["image"] = pushedAs(service["image"] ?? `${stack}/${name}`);
    writeOut(service);
  }
  const used = (section: "networks" | "volumes" | "secrets" | "configs"): Bag => {
    const named = services.flatMap(([, service]) => namesIn(section, service));
    const given = { default: {}, ...all[section] };
    return Object.fromEntries(
      Object.entries(given)
        .filter(([key]) => named.includes(key))
        .map(([key, each]) => [
          key,
          { name: `${stack}_${key}`, ...each, driver: undefined, ipam: poolsOf(each) },
        ]),
    );
  };
  return tidy({
    services: Object.fromEntries(services),
    networks: used("networks"),
    volumes: used("volumes"),
    secrets: used("secrets"),
    configs: used("configs"),
  });
}

/** The pools of an address range; their usual driver goes without saying. */
function poolsOf(network: Bag): Bag {
  const { driver, ...rest } = (network["ipam"] ?? {}) as Bag;
  return driver === "default" ? rest : { driver, ...rest };
}

/** What is built is pushed under one tag, to the registry that the program names. */
function pushedAs(image: unknown): string {
  const name = String(image).replace(/^[^/]*[.:][^/]*\//, "");
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

function remove(value: unknown, path: Path): void {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return;
  if (rest.length > 0) remove((value as Bag)[step], rest);
  else Reflect.deleteProperty(value, step);
}

function namesIn(section: string, service: Bag): string[] {
  const given = service[section];
  if (!Array.isArray(given)) return Object.keys(given ?? {});
  return (given as { type?: string; source?: string }[])
    .filter(({ type = "volume" }) => type === "volume")
    .map(({ source = "" }) => source);
}

function writeOut(service: Bag): void {
  const bag = (value: unknown): Bag => (value ?? {}) as Bag;
  const list = (value: unknown): Bag[] => (value ?? []) as Bag[];
  const timed = (given: Bag, ...keys: string[]): Bag => ({
    ...given,
    ...Object.fromEntries(keys.filter((key) => key in given).map((key) => [key, seconds(given[key])])),
  });
  // An image is made of these, which is another test; a published port says more than an exposed one.
  for (const key of ["build", "env_file", "expose"]) Reflect.deleteProperty(service, key);
  service["environment"] = Object.fromEntries(
    Object.entries(bag(service["environment"])).filter(([, value]) => value !== null),
  );
  service["networks"] = Object.fromEntries(
    Object.entries(bag(service["networks"] ?? { default: null })).map(([key, each]) => [
      key,
      isEmpty(each) ? null : each,
    ]),
  );
  // The policy of deploy is the one that counts.
  if ("restart_policy" in bag(service["deploy"])) delete service["restart"];
  service["depends_on"] = ((service["depends_on"] ?? []) as string[]).sort();
  const grace = seconds(service["stop_grace_period"]);
  service["stop_grace_period"] = typeof grace === "number" ? Math.max(1, Math.ceil(grace)) : undefined;
  service["capabilities"] = capabilitiesOf(service);
  delete service["cap_add"];
  delete service["cap_drop"];
  if ("healthcheck" in service) service["healthcheck"] = healthOf(bag(service["healthcheck"]));
  for (const [key, folder] of [
    ["secrets", "/run/secrets/"],
    ["configs", "/"],
  ] as const)
    service[key] = list(service[key]).map((each) => {
      const target = String(each["target"] ?? each["source"]);
      return { ...each, target: target.startsWith("/") ? target : `${folder}${target}` };
    });
  service["ports"] = list(service["ports"]).map((each) => ({ mode: "ingress", protocol: "tcp", ...each }));
  service["volumes"] = list(service["volumes"]).map(({ bind: _, volume: __, ...each }) => each);
  if ("deploy" in service) service["deploy"] = deployOf(bag(service["deploy"]));

  /** Nought stands for Docker's default, and without a test there is none. */
  function healthOf(given: Bag): Bag {
    const { test, retries = 3 } = given as { test?: string[]; retries?: number };
    if (given["disable"] === true || test?.[0] === "NONE") return { disable: true };
    if (test === undefined) return {};
    const times = timed(given, "interval", "timeout", "start_period") as Record<string, number>;
    return {
      test,
      retries,
      interval: times["interval"] || 30,
      timeout: times["timeout"] || 30,
      start_period: times["start_period"] ?? 0,
    };
  }

  function deployOf(deploy: Bag): Bag {
    const mebibytes = (given: unknown): Bag => {
      const { memory, cpus, ...rest } = bag(given);
      return {
        ...rest,
        memory: memory === undefined ? undefined : Number(memory) / 2 ** 20,
        cpus: cpus === undefined ? undefined : Number(cpus),
      };
    };
    const resources = bag(deploy["resources"]);
    const rolled = (given: unknown): Bag => {
      const { failure_action: _, ...rest } = timed(bag(given), "delay", "monitor");
      return rest;
    };
    return {
      ...deploy,
      mode: deploy["mode"] === "replicated" ? undefined : deploy["mode"],
      resources: {
        limits: mebibytes(resources["limits"]),
        reservations: mebibytes(resources["reservations"]),
      },
      ...("restart_policy" in deploy && {
        restart_policy: timed({ condition: "any", ...bag(deploy["restart_policy"]) }, "delay", "window"),
      }),
      update_config: rolled(deploy["update_config"]),
      rollback_config: rolled(deploy["rollback_config"]),
    };
  }
}

/** What a container has of Docker's default, added to and dropped from. */
function capabilitiesOf(service: Bag): string[] | undefined {
  const words = (key: string): string[] =>
    ((service[key] ?? []) as string[]).map((each) => each.toUpperCase().replace(/^CAP_/, ""));
  const [added, dropped] = [words("cap_add"), words("cap_drop")];
  const usual = dropped.includes("ALL") ? [] : DEFAULT.filter((each) => !dropped.includes(each));
  return [...new Set([...usual, ...added])].sort();
}

/** Docker reference, "Runtime privilege and Linux capabilities". */
const DEFAULT =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  );
