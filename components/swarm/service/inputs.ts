/** Translates the arguments of a service into the Engine's specification. */

import type * as pulumi from "@pulumi/pulumi";
import { toldBelow } from "../../container/inputs";
import type { Owner } from "../../core/names";
import { attachmentsOf, namesOn } from "../../container/attachment";
import { environmentInputs } from "../../container/environment";
import { filledCheck, type HealthCheck } from "../../container/health/health-check";
import { testOf } from "../../container/health/inputs";
import type { Labels } from "../../deployment/look/given-labels";
import { ownershipLabels } from "../../deployment/look/labels";
import { defaultLogging, ENGINE_DRIVER, type Logging } from "../../container/logging";
import { isReadOnly, type Mount } from "../../container/mounts/mount";
import { memoryBytes, nanoCpus } from "../../container/resources";
import { capabilitiesOf } from "../../container/security/security";
import type { SwarmConfigReference, SwarmSecretReference, SwarmServiceArgs } from "../args";
import { engineConfigFile, engineFile, secretFile, secretPath } from "./files";
import { enginePorts } from "./port";
import { engineUpdates, nanoseconds } from "./update";
import { STOP_GRACE_SECONDS } from "../../container/update";

/** The secrets and configs of a service's files, by their names in the service. */
export interface TaskFiles {
  readonly secrets: Readonly<Record<string, SwarmSecretReference>>;
  readonly configs: Readonly<Record<string, SwarmConfigReference>>;
}

/** The label by which `docker stack ls | ps | services` find the objects of a stack. */
export const stackLabel = "com.docker.stack.namespace";

/** All labels of an object of the swarm. */
export function swarmLabels(owner: Owner, kind: string, name: string, given: Labels = {}): Labels {
  return { ...given, ...ownershipLabels(owner, kind, name), [stackLabel]: owner.scope };
}

/** The specification of a service in the format of the Engine API; unknown values are Outputs. */
export function swarmSpec(
  owner: Owner,
  name: string,
  hostName: string,
  args: SwarmServiceArgs,
  files: TaskFiles,
) {
  const { endpointMode = "vip", global: everywhere = false, replicas = 1 } = args;
  return {
    Name: hostName,
    Labels: swarmLabels(owner, "service", name, args.labels),
    TaskTemplate: taskTemplate(name, args, files),
    Mode: everywhere ? { Global: {} } : { Replicated: { Replicas: replicas } },
    ...engineUpdates(args),
    EndpointSpec: { Mode: endpointMode, Ports: enginePorts(args.ports ?? []) },
  };
}

function taskTemplate(name: string, args: SwarmServiceArgs, files: TaskFiles) {
  const { driver, options = {} }: Logging = args.logging ?? defaultLogging;
  return {
    ContainerSpec: containerSpec(args, files),
    Resources: resources(args),
    RestartPolicy: restart(args.restart),
    Placement: {
      ...(args.placement?.constraints && { Constraints: [...args.placement.constraints] }),
      ...(args.placement?.spread !== undefined && {
        Preferences: [{ Spread: { SpreadDescriptor: args.placement.spread } }],
      }),
      ...(args.placement?.maxReplicasPerNode !== undefined && {
        MaxReplicas: args.placement.maxReplicasPerNode,
      }),
    },
    LogDriver: { Name: driver === ENGINE_DRIVER ? "" : driver, Options: { ...options } },
    Networks: attachmentsOf(args.networks ?? []).map((each) => ({
      Target: each.network.networkId,
      Aliases: namesOn(each, args.service ?? name),
    })),
  };
}

function containerSpec(args: SwarmServiceArgs, files: TaskFiles) {
  const { adds = [], drops } = capabilitiesOf(args);
  const { healthCheck: check, mounts = [], stopGraceSeconds = STOP_GRACE_SECONDS } = args;
  return {
    Image: imageOf(args),
    ...(args.entrypoint && { Command: [...args.entrypoint] }),
    ...(args.command && { Args: [...args.command] }),
    ...(args.hostname !== undefined && { Hostname: args.hostname }),
    // In a fixed order: Swarm treats another order as a change and restarts every task.
    ...(args.environment && { Env: environmentInputs(args.environment) }),
    ...(args.workingDirectory !== undefined && { Dir: args.workingDirectory }),
    ...(args.user !== undefined && { User: args.user }),
    Init: args.init ?? true,
    ReadOnly: args.readOnlyRoot ?? false,
    Mounts: mounts.map(engineMount),
    ...(args.stopSignal !== undefined && { StopSignal: args.stopSignal }),
    // Also if it is the default: Docker's provider reads it during a refresh, and fails from then on if it is missing.
    StopGracePeriod: nanoseconds(stopGraceSeconds),
    ...(check !== undefined && { Healthcheck: healthcheck(check) }),
    Hosts: Object.entries(args.extraHosts ?? {}).map(([host, ip]) => `${ip} ${host}`),
    DNSConfig: { Nameservers: [...(args.dns ?? [])], Search: [...(args.dnsSearch ?? [])] },
    Secrets: Object.entries(args.secrets ?? {}).map(([name, given]) => {
      const file = secretFile(given);
      const made = files.secrets[name];
      return {
        SecretID: made?.secretId ?? "",
        SecretName: made?.secretName ?? "",
        File: engineFile(secretPath(name, file), file),
      };
    }),
    Configs: Object.entries(args.files ?? {}).map(([path, file]) => ({
      ConfigID: files.configs[path]?.configId ?? "",
      ConfigName: files.configs[path]?.configName ?? "",
      File: engineConfigFile(path, file),
    })),
    Sysctls: { ...args.sysctls },
    CapabilityAdd: adds,
    CapabilityDrop: drops,
  };
}

/** The reference that every node can pull, otherwise the id, with which a node only uses its local images. */
function imageOf({ image }: SwarmServiceArgs): pulumi.Output<string> {
  const { imageId, reference } = image;
  if (reference === undefined) return imageId;
  return imageId.apply((id) => reference.apply((known) => (known === "" ? id : known)));
}

function engineMount(mount: Mount) {
  const at = { Target: mount.path, ReadOnly: isReadOnly(mount) };
  if ("volume" in mount) return { Type: "volume", Source: mount.volume.volumeName, ...at };
  if ("bind" in mount) return { Type: "bind", Source: mount.bind, ...at };
  return {
    Type: "tmpfs",
    ...at,
    TmpfsOptions: {
      ...(mount.sizeMiB !== undefined && { SizeBytes: mount.sizeMiB * 2 ** 20 }),
      Mode: Number.parseInt(mount.mode ?? "1777", 8),
    },
  };
}

function healthcheck(check: HealthCheck | "none") {
  if (check === "none") return { Test: ["NONE"] };
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = filledCheck(check);
  return {
    Test: testOf(command),
    Interval: nanoseconds(intervalSeconds),
    Timeout: nanoseconds(timeoutSeconds),
    StartPeriod: nanoseconds(startPeriodSeconds),
    Retries: retries,
  };
}

function resources(args: SwarmServiceArgs) {
  const { memoryMiB, cpus } = args.reservations ?? {};
  return {
    Limits: toldBelow("TaskTemplate.Resources.Limits", args),
    Reservations: {
      ...(memoryMiB !== undefined && { MemoryBytes: memoryBytes(memoryMiB) }),
      ...(cpus !== undefined && { NanoCPUs: nanoCpus(cpus) }),
    },
  };
}

/** Seconds before Swarm restarts a task; the default of Swarm. */
const RESTART_DELAY = 5;

/** The restart condition for each restart policy of a container; a manually stopped task does not stay stopped. */
function restart(policy: SwarmServiceArgs["restart"] = "always") {
  const { condition, maxAttempts, delaySeconds, windowSeconds } =
    typeof policy === "string"
      ? { condition: ({ no: "none", "on-failure": "on-failure" } as Record<string, string>)[policy] }
      : "onFailure" in policy
        ? { condition: "on-failure", maxAttempts: policy.onFailure }
        : policy;
  return {
    Condition: condition ?? "any",
    Delay: nanoseconds(delaySeconds ?? RESTART_DELAY),
    MaxAttempts: maxAttempts ?? 0,
    Window: nanoseconds(windowSeconds ?? 0),
  };
}
