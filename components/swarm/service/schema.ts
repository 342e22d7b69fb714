/** The schema of a service's arguments, including the container arguments that a swarm does not support. */

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
} from "../../core/schema";
import { type Fault, formatPath } from "../../core/text/message";
import { attachmentFaults, attachmentsOf } from "../../container/attachment";
import { hostNameSchema } from "../../network/host-name";
import { notOnASwarm } from "../../container/arguments/argument";
import { swarmRefusals, swarmShape } from "../../container/arguments/shape";
import { containerWords } from "../../container/schema";
import { hostFaults } from "../../host/args";
import { fileFaults } from "../../container/environment";
import { ipv4Address } from "../../network/ip-address";
import { type Mount, mountFaults, volumeFaults } from "../../container/mounts/mount";
import { restartPolicy } from "../../container/restart";
import { reason, riskFaults } from "../../container/security/security";
import type {
  OverlayAttachment,
  OverlayNetworkReference,
  SwarmRegistry,
  SwarmRestart,
  SwarmServiceArgs,
} from "../args";
import { configFiles, secretFiles, writtenFiles } from "./files";
import { serviceName } from "../names";
import { swarmPort, swarmPortFaults } from "./port";
import { swarmRollback, swarmUpdate, swarmUpdateFaults } from "./update";

const overlay = reference<OverlayNetworkReference>("attachable", "an OverlayNetwork");
const overlayAttachment = strict(
  {
    network: overlay,
    aliases: listOf(hostNameSchema).optional(),
    serviceAlias: flag.optional(),
  },
  { instead: { ipv4Address: "nothing: Swarm assigns the addresses" } },
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

const PRIVILEGED = notOnASwarm("does not support privileged tasks").instead;
const OWN_PROCESSES = notOnASwarm("does not share the process namespace of a node").instead;

/** The remedies for container arguments that a task does not support, and for names of other tools. */
const instead = {
  ...containerWords,
  ...swarmRefusals,
  deploy: "its keys: replicas, placement, reservations, update, rollback, restart",
  endpoint_mode: "endpointMode",
  mode: "global: true, or replicas",
  network_mode: "networks",
  privileged: PRIVILEGED,
  replicas: "replicas",
};

export const swarmServiceSchema: z.ZodType<SwarmServiceArgs> = strict(
  {
    ...swarmShape,
    extraHosts: mapOf(ipv4Address, hostNameSchema).optional(),
    name: serviceName.optional(),
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
      memoryMiB: swarmShape.memoryMiB,
      cpus: input(numberFrom(0.01)).optional(),
    }).optional(),
    update: swarmUpdate.optional(),
    rollback: swarmRollback.optional(),
    restart: swarmRestart.optional(),
    unsafe: strict(
      { capabilities: reason, dockerSocket: reason, hostPaths: reason },
      {
        instead: {
          devices: swarmRefusals.devices,
          hostIpc: OWN_PROCESSES,
          hostNetwork: swarmRefusals.networkMode,
          hostPid: OWN_PROCESSES,
          newPrivileges:
            "nothing: Swarm cannot prevent tasks from gaining privileges; leave capabilities empty instead",
          privileged: PRIVILEGED,
          unconfined: swarmRefusals.securityOptions,
        },
      },
    ).optional(),
  },
  { instead },
);

/** What Docker does for a container, and no node for a task. */
function nodeMountFaults(mounts: readonly Mount[]): Fault[] {
  return mounts.flatMap((mount, index) => {
    if ("tmpfs" in mount && (mount.options ?? []).length > 0)
      return [
        {
          path: formatPath(["mounts", index, "options"]),
          text: "is not supported on a Swarm; use sizeMiB and mode",
        },
      ];
    return "bind" in mount && mount.createHostPath === true
      ? [
          {
            path: formatPath(["mounts", index, "createHostPath"]),
            text: "is not supported on a Swarm; create the path on each node",
          },
        ]
      : [];
  });
}

/** Faults across several arguments. */
export function swarmServiceFaults(args: SwarmServiceArgs, name: string): Fault[] {
  const attachments = attachmentsOf(args.networks ?? []);
  const mounts = args.mounts ?? [];
  return [
    ...swarmPortFaults(args.ports ?? [], args.endpointMode),
    ...mountFaults(mounts),
    ...nodeMountFaults(mounts),
    ...volumeFaults(mounts, args.image.declaredVolumes ?? []),
    ...attachmentFaults(attachments, false),
    // Files of a task are mounts, so they also work with a read-only root.
    ...fileFaults(writtenFiles(args), mounts, false),
    ...riskFaults(args),
    ...swarmUpdateFaults(args),
    ...reservationFaults(args),
    ...hostFaults("service", args.host, [
      ...attachments.map(({ network }, index) => ({ path: formatPath(["networks", index]), on: network })),
    ]),
    ...(args.replicas !== undefined && args.global === true
      ? [
          {
            path: "replicas",
            text: "and global, which runs one task on each node, exclude each other; keep one",
          },
        ]
      : []),
    ...(args.global === true && args.placement?.maxReplicasPerNode !== undefined
      ? [
          {
            path: "placement.maxReplicasPerNode",
            text: "has no effect with global, which runs one task on each node",
          },
        ]
      : []),
    ...(args.service === undefined && !hostNameSchema.safeParse(name).success
      ? [{ path: "service", text: `is required: the service's name "${name}" is not a valid host name` }]
      : []),
  ];
}

/** A reservation must not exceed the limit of the task. */
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
