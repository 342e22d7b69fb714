/** The `deploy` section of a service: number of tasks, placement, and updates. */

import type { SwarmServiceArgs, SwarmUpdate } from "../../swarm/args";
import type { Service } from "../model/model";
import type { Deploy, Rollout } from "../model/parts";
import type { Finding } from "../host/finding";
import { secondsOf, wholeMiB } from "../host/arguments/quantities";
import { restartArg } from "../host/arguments/restart";

export type DeployArgs = Pick<
  SwarmServiceArgs,
  | "endpointMode"
  | "global"
  | "labels"
  | "monitorSeconds"
  | "placement"
  | "replicas"
  | "reservations"
  | "restart"
  | "rollback"
  | "update"
>;

export function deployArgs(service: Service, fault: Finding): DeployArgs {
  const { deploy } = service;
  const at =
    (key: string): Finding =>
    (path, text) =>
      fault(["deploy", key, ...path], text);
  const update = deploy?.update_config;
  const rollback = deploy?.rollback_config;
  const endpoint = deploy?.endpoint_mode?.toLowerCase();
  const labels = deploy?.labels ?? {};
  return {
    ...scaleArgs(service, fault),
    ...restartArgs(service, fault),
    ...(deploy && placementArgs(deploy, at("placement"))),
    ...reservationArgs(service),
    ...(update && { update: rolloutArgs(update) }),
    ...(update?.monitor !== undefined && { monitorSeconds: secondsOf(update.monitor) }),
    ...(rollback && {
      rollback: {
        ...rolloutArgs(rollback),
        ...(rollback.monitor !== undefined && { monitorSeconds: secondsOf(rollback.monitor) }),
      },
    }),
    // The component checks the value.
    ...(endpoint !== undefined && { endpointMode: endpoint as "vip" | "dnsrr" }),
    ...(Object.keys(labels).length > 0 && { labels }),
  };
}

function scaleArgs({ scale, deploy }: Service, fault: Finding): DeployArgs {
  const replicas = scale ?? deploy?.replicas;
  if (deploy?.mode !== "global") return replicas === undefined ? {} : { replicas };
  if (replicas !== undefined)
    fault(["deploy", "replicas"], "conflicts with mode: global, which is one task on each node; keep one");
  return { global: true };
}

/** `deploy.restart_policy`, otherwise `restart`; without both, Swarm restarts a task after any exit. */
function restartArgs(service: Service, fault: Finding): DeployArgs {
  const policy = service.deploy?.restart_policy;
  if (policy === undefined)
    return service.restart === undefined ? {} : { restart: restartArg(service, fault) };
  const { condition = "any", delay, max_attempts: maxAttempts, window } = policy;
  if (condition !== "none" && condition !== "on-failure" && condition !== "any")
    fault(
      ["deploy", "restart_policy", "condition"],
      `must be "none", "on-failure" or "any", got ${JSON.stringify(condition)}`,
    );
  return {
    restart: {
      condition: condition as "none" | "on-failure" | "any",
      ...(delay !== undefined && { delaySeconds: secondsOf(delay) }),
      ...(maxAttempts !== undefined && { maxAttempts }),
      ...(window !== undefined && { windowSeconds: secondsOf(window) }),
    },
  };
}

function placementArgs({ placement }: Deploy, fault: Finding): DeployArgs {
  const { constraints = [], preferences = [], max_replicas_per_node: most } = placement;
  const [spread, ...more] = preferences.flatMap((each) => each.spread ?? []);
  if (more.length > 0) fault(["preferences"], "must have one spread at most");
  const placed = {
    ...(constraints.length > 0 && { constraints }),
    ...(spread !== undefined && { spread }),
    // 0 means no limit.
    ...(most !== undefined && most > 0 && { maxReplicasPerNode: most }),
  };
  return Object.keys(placed).length > 0 ? { placement: placed } : {};
}

function reservationArgs({ deploy, mem_reservation: reserved }: Service): DeployArgs {
  const { cpus, memory = reserved } = deploy?.resources.reservations ?? {};
  const reservations = {
    ...(memory !== undefined && Number(memory) > 0 && { memoryMiB: wholeMiB(memory) }),
    ...(cpus !== undefined && cpus > 0 && { cpus }),
  };
  return Object.keys(reservations).length > 0 ? { reservations } : {};
}

function rolloutArgs({ order, parallelism, delay, max_failure_ratio: ratio }: Rollout): SwarmUpdate {
  return {
    ...((order === "start-first" || order === "stop-first") && { order }),
    ...(parallelism !== undefined && { parallelism }),
    ...(delay !== undefined && { delaySeconds: secondsOf(delay) }),
    ...(ratio !== undefined && { maxFailureRatio: ratio }),
  };
}
