/** The guard of a service's arguments, and what a swarm cannot do of what a container can. */

import { z } from "zod";
import {
  flag,
  input,
  isStructure,
  judge,
  listOf,
  mapOf,
  mustBe,
  numberFrom,
  oneOf,
  reference,
  seconds,
  strict,
  text,
  wholeNumber,
} from "../internal/guard";
import { type Fault, formatPath } from "../internal/message";
import { attachmentFaults, attachmentsOf, hostNameGuard } from "./attachment";
import { containerShape, containerWords } from "./container-spec";
import { hostFaults } from "./docker-host";
import { fileFaults } from "./environment";
import { ipv4Address } from "./ip-address";
import { mountFaults, volumeFaults } from "./mount";
import { restartPolicy } from "./restart";
import { reason, riskFaults } from "./security";
import type {
  OverlayAttachment,
  OverlayNetworkReference,
  SwarmRegistry,
  SwarmRestart,
  SwarmServiceArgs,
} from "./swarm-args";
import { configFiles, secretFiles, writtenFiles } from "./swarm-files";
import { serviceName } from "./swarm-names";
import { swarmPort, swarmPortFaults } from "./swarm-port";
import { swarmRollback, swarmUpdate, swarmUpdateFaults } from "./swarm-update";

const overlay = reference<OverlayNetworkReference>("attachable", "an OverlayNetwork");
const overlayAttachment = strict(
  {
    network: overlay,
    aliases: listOf(hostNameGuard).optional(),
    serviceAlias: flag.optional(),
  },
  { instead: { ipv4Address: "nothing: Swarm gives the addresses" } },
);

const attachment: z.ZodType<OverlayNetworkReference | OverlayAttachment> = z
  .custom<OverlayNetworkReference | OverlayAttachment>()
  .superRefine((value: unknown, context) => {
    const bare = overlay.safeParse(value).success;
    if (!bare && (!isStructure(value) || !("network" in value)))
      context.addIssue({
        code: "custom",
        message: mustBe("an OverlayNetwork or an attachment to one", value),
      });
    else judge(bare ? overlay : overlayAttachment, value, context);
  });

const swarmRestart: z.ZodType<SwarmServiceArgs["restart"] & {}> = z
  .custom<SwarmServiceArgs["restart"] & {}>()
  .superRefine((value: unknown, context) => {
    const detailed = isStructure(value) && !("onFailure" in value);
    judge(detailed ? inDetail : restartPolicy, value, context);
  });

const inDetail: z.ZodType<SwarmRestart> = strict({
  condition: oneOf(["none", "on-failure", "any"]).optional(),
  delaySeconds: seconds().optional(),
  maxAttempts: wholeNumber(0).optional(),
  windowSeconds: seconds().optional(),
});

const onItsHost = "run what needs it as a Container on its host";
const notOnASwarm = (what: string): string => `nothing: Swarm ${what}; ${onItsHost}`;

/** What a container can and a task cannot, each with the way out. */
const refused = {
  ...containerWords,
  cpuSet: notOnASwarm("binds tasks to no processors"),
  cpuShares: notOnASwarm("gives tasks no weight"),
  deploy: "its keys: replicas, placement, reservations, update, rollback, restart",
  devices: notOnASwarm("gives no devices to tasks"),
  drainSeconds:
    "nothing: Swarm asks the old task to stop as soon as the new one runs; let the process end what is under way within stopGraceSeconds",
  endpoint_mode: "endpointMode",
  mode: "global: true, or replicas",
  network_mode: "networks",
  networkMode: `networks: tasks are on overlay networks; to use the host's network ${onItsHost}`,
  privileged: notOnASwarm("runs no task privileged"),
  replica: "replicas",
  replicas: "replicas",
  securityOptions: notOnASwarm("takes no security options"),
  shmSizeMiB: 'mounts: { tmpfs: true, path: "/dev/shm", sizeMiB: ... }',
  ulimits: notOnASwarm("leaves them to the daemon of each node (default-ulimits)"),
  waitUntilHealthy:
    'nothing: Swarm counts a task when it is healthy; healthCheck: "none" switches the check off',
};

const { image, host, command, entrypoint, environment, mounts, healthCheck, user, workingDirectory } =
  containerShape;

export const swarmServiceGuard: z.ZodType<SwarmServiceArgs> = strict(
  {
    image,
    host,
    command,
    entrypoint,
    environment,
    mounts,
    healthCheck,
    user,
    workingDirectory,
    capabilities: containerShape.capabilities,
    cpus: containerShape.cpus,
    dns: containerShape.dns,
    dnsSearch: containerShape.dnsSearch,
    extraHosts: mapOf(ipv4Address, hostNameGuard).optional(),
    hostname: containerShape.hostname,
    init: containerShape.init,
    labels: containerShape.labels,
    logging: containerShape.logging,
    memoryMiB: containerShape.memoryMiB,
    monitorSeconds: containerShape.monitorSeconds,
    name: serviceName.optional(),
    readOnlyRoot: containerShape.readOnlyRoot,
    service: containerShape.service,
    stopGraceSeconds: containerShape.stopGraceSeconds,
    stopSignal: containerShape.stopSignal,
    sysctls: containerShape.sysctls,
    waitTimeoutSeconds: containerShape.waitTimeoutSeconds,
    replicas: wholeNumber(0, 10_000).optional(),
    global: flag.optional(),
    registry: reference<SwarmRegistry>("login", "a Registry").optional(),
    secrets: secretFiles.optional(),
    files: configFiles.optional(),
    ports: listOf(swarmPort).optional(),
    networks: listOf(attachment).min(1, "must not be empty; leave it out").optional(),
    endpointMode: oneOf(["vip", "dnsrr"]).optional(),
    placement: strict(
      {
        constraints: listOf(
          text('a constraint such as "node.role == worker"', (value) => /^\S+\s*(==|!=)\s*\S+$/.test(value)),
        ).optional(),
        spread: text('a label such as "node.labels.zone"', (value) =>
          /^(node|engine)\.labels\.\S+$/.test(value),
        ).optional(),
        maxReplicasPerNode: wholeNumber(1).optional(),
      },
      { instead: { preferences: "spread", max_replicas_per_node: "maxReplicasPerNode" } },
    ).optional(),
    reservations: strict({
      memoryMiB: containerShape.memoryMiB,
      cpus: input(numberFrom(0.01)).optional(),
    }).optional(),
    update: swarmUpdate.optional(),
    rollback: swarmRollback.optional(),
    restart: swarmRestart.optional(),
    unsafe: strict(
      { capabilities: reason, dockerSocket: reason, hostPaths: reason },
      {
        instead: {
          devices: refused.devices,
          hostIpc: notOnASwarm("shares no process space of a node"),
          hostNetwork: refused.networkMode,
          hostPid: notOnASwarm("shares no process space of a node"),
          newPrivileges:
            "nothing: Swarm forbids no task to gain privileges; leave capabilities empty instead",
          privileged: refused.privileged,
          unconfined: refused.securityOptions,
        },
      },
    ).optional(),
  },
  { instead: refused },
);

/** What single arguments cannot know of each other. */
export function swarmServiceFaults(args: SwarmServiceArgs, name: string): Fault[] {
  const attachments = attachmentsOf(args.networks ?? []);
  const mounts = args.mounts ?? [];
  return [
    ...swarmPortFaults(args.ports ?? [], args.endpointMode),
    ...mountFaults(mounts),
    ...volumeFaults(mounts, args.image.declaredVolumes ?? []),
    ...attachmentFaults(attachments, false),
    // A task gets its files as mounts: they can lie in a root that is read-only.
    ...fileFaults(writtenFiles(args), mounts, false),
    ...riskFaults(args),
    ...swarmUpdateFaults(args),
    ...reservationFaults(args),
    ...hostFaults("service", args.host, [
      ...attachments.map(({ network }, index) => ({ path: formatPath(["networks", index]), on: network })),
    ]),
    ...(args.replicas !== undefined && args.global === true
      ? [{ path: "replicas", text: "excludes global, which is one task on each node; give one of the two" }]
      : []),
    ...(args.global === true && args.placement?.maxReplicasPerNode !== undefined
      ? [
          {
            path: "placement.maxReplicasPerNode",
            text: "has no effect with global, which is one task a node",
          },
        ]
      : []),
    ...(args.service === undefined && !hostNameGuard.safeParse(name).success
      ? [{ path: "service", text: `is required, for the service's own name "${name}" is no host name` }]
      : []),
  ];
}

/** The scheduler would set aside what the task may not use. */
function reservationFaults({ memoryMiB, cpus, reservations = {} }: SwarmServiceArgs): Fault[] {
  const over = (path: string, kept: unknown, limit: unknown): Fault[] =>
    typeof kept === "number" && typeof limit === "number" && kept > limit
      ? [
          {
            path: `reservations.${path}`,
            text: `must be at most ${path} (${String(limit)}), got ${String(kept)}`,
          },
        ]
      : [];
  return [...over("memoryMiB", reservations.memoryMiB, memoryMiB), ...over("cpus", reservations.cpus, cpus)];
}
