/** The schema of a container's arguments, their cross-field faults, and the specification of the container. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import type { z } from "zod";
import { hostNameSchema } from "../network/host-name";
import { type Fault, formatPath } from "../core/text/message";
import { strict } from "../core/schema";
import { hostName as hostNameOf, type Owner } from "../core/names";
import { containerArguments } from "./arguments";
import { engineUpdatesOf, inputsOf, updateLabels } from "./inputs";
import { containerShape } from "./arguments/shape";
import type { ContainerArgs } from "./args";
import {
  attachmentFaults,
  attachmentsOf,
  closedFaults,
  fixedAddresses,
  namesOn,
  type NetworkAttachment,
} from "./attachment";
import type { EngineUpdates } from "./engine-updates";
import { fileFaults } from "./environment";
import { hostFaults, hostOf, type Placement } from "../host/args";
import { healthyWithinSeconds } from "./health/health-check";
import type { Labels } from "../deployment/look/given-labels";
import {
  composeIdentity,
  type ComposeIdentity,
  composeServiceLabels,
  ownershipLabels,
} from "../deployment/look/labels";
import { mountFaults, volumeFaults } from "./mounts/mount";
import { bindingsOf, portFaults } from "./ports/port";
import type { Claim } from "./ports/published";
import { memoryFaults } from "./resources";
import { riskFaults } from "./security/security";
import { aliasesLabel, completesLabel } from "./live";
import { restartsAfterSuccess } from "./restart";
import { MONITOR_SECONDS, type UpdateOrder } from "./update";
import { updateFaults, updateOf } from "./replacement-order";

/** Names in Docker and Compose that are too different from the arguments to be suggested by similarity. */
export const containerWords = {
  cap_add: "capabilities",
  group_add: "groups",
  cmd: "command",
  ip: "networks[].ipv4Address",
  network_mode: "networkMode",
  privileged: "unsafe.privileged",
  replicas: "one Container for each, with service and replica",
  tmpfs: "mounts",
  volumes: "mounts",
};

export const containerSchema: z.ZodType<ContainerArgs> = strict(containerShape, { instead: containerWords });

/** Faults across several arguments. */
export function crossFieldFaults(args: ContainerArgs, name: string): Fault[] {
  const attachments = attachmentsOf(args.networks ?? []);
  const ports = args.ports ?? [];
  const mounts = args.mounts ?? [];
  const written = [
    ...Object.keys(args.files ?? {}).map((path) => ({ path, at: formatPath(["files", path]) })),
    ...Object.keys(args.secrets ?? {}).map((name) => ({
      path: `/run/secrets/${name}`,
      at: formatPath(["secrets", name]),
    })),
  ];
  const mode = args.networkMode;
  return [
    ...portFaults(ports),
    ...mountFaults(mounts),
    ...volumeFaults(mounts, args.image.declaredVolumes ?? []),
    ...attachmentFaults(attachments, ports.length > 0),
    ...closedFaults(attachments),
    ...fileFaults(written, mounts, args.readOnlyRoot === true),
    ...riskFaults(args),
    ...memoryFaults(args),
    ...updateFaults(args),
    ...hostFaults("container", args.host, [
      { path: "image", on: args.image },
      ...attachments.map(({ network }, index) => ({ path: formatPath(["networks", index]), on: network })),
      ...mounts.flatMap((each, index) =>
        "volume" in each ? [{ path: formatPath(["mounts", index]), on: each.volume }] : [],
      ),
    ]),
    ...(args.service === undefined && !hostNameSchema.safeParse(name).success
      ? [{ path: "service", text: `is required: the container's name "${name}" is not a valid host name` }]
      : []),
    ...(mode !== undefined && args.networks !== undefined
      ? [{ path: "networkMode", text: "and networks exclude each other; keep one" }]
      : []),
    ...((mode === "host" || mode === "none") && ports.length > 0
      ? [
          {
            path: "ports",
            text: `cannot be published with networkMode "${mode}"; ${mode === "host" ? "the container already uses the ports of the host" : "connect it to a network"}`,
          },
        ]
      : []),
    ...(args.mayComplete === true && restartsAfterSuccess(args.restart)
      ? [
          {
            path: "mayComplete",
            text: 'needs restart: "no" or "on-failure", because Docker starts the container again otherwise',
          },
        ]
      : []),
    ...(args.waitUntilHealthy === true && args.healthCheck === "none"
      ? [{ path: "waitUntilHealthy", text: 'needs a health check, got healthCheck: "none"' }]
      : []),
  ];
}

/** The specification of a container, from its checked arguments. */
export interface ContainerSpec {
  readonly inputs: ProviderArgs;
  /** Separate labels: one of them depends on the live container. */
  readonly labels: Labels;
  /** The names, ports and addresses that the container uses on its host. */
  readonly claim: Claim;
  /** The labels of the `docker compose up` container that this one takes over; undefined without a takeover. */
  readonly takesOver: ComposeIdentity | undefined;
  readonly placement: Placement;
  readonly order: UpdateOrder;
  readonly networks: readonly NetworkAttachment["network"][];
  /** The settings of the Engine's update call right after its creation. */
  readonly updates: EngineUpdates;
  /** The names that it gets on its networks once it is ready. */
  readonly joins: readonly { network: NetworkAttachment["network"]; names: readonly string[] }[];
  readonly readiness: { readonly healthy: boolean | undefined; readonly timeoutSeconds: number };
  readonly monitorSeconds: number;
  readonly drainSeconds: number;
}

/** The specification for checked arguments: the provider's inputs, and the settings of the lifecycle. */
export function containerSpec(owner: Owner, name: string, args: ContainerArgs): ContainerSpec {
  const { service = name, replica = 1, healthCheck: check } = args;
  const hostName = args.name ?? hostNameOf(owner, name);
  const bindings = bindingsOf(args.ports ?? []);
  const attachments = attachmentsOf(args.networks ?? []);
  const order = updateOf(args);
  const placement = hostOf(args.host);
  const named = order === "start-first" ? "later" : "now";
  const joins = attachments.map((each) => ({ network: each.network, names: namesOn(each, service) }));
  const inputs: ProviderArgs = {
    name: hostName,
    image: args.image.source,
    mustRun: true,
    ...inputsOf(containerArguments, args, { service, bindings, attachments, named }),
    // Anonymous volumes can contain data.
    removeVolumes: false,
  };
  return {
    inputs,
    labels: {
      ...args.labels,
      ...ownershipLabels(owner, "container", name),
      ...composeServiceLabels(owner, service, replica),
      ...placement.labels,
      ...updateLabels(args),
      ...(args.mayComplete === true && { [completesLabel]: "true" }),
      ...(named === "later" &&
        joins.length > 0 && { [aliasesLabel]: joins.map(({ names }) => names.join(",")).join(";") }),
    },
    claim: { name, hostName, bindings, addresses: fixedAddresses(attachments) },
    takesOver: owner.adopts === true ? composeIdentity(owner, service, replica) : undefined,
    placement,
    order,
    networks: attachments.map(({ network }) => network),
    updates: engineUpdatesOf(args),
    joins: named === "later" ? joins : [],
    readiness: {
      healthy: check === "none" ? false : args.waitUntilHealthy,
      timeoutSeconds:
        args.waitTimeoutSeconds ?? (check && check !== "none" ? healthyWithinSeconds(check) : 120),
    },
    monitorSeconds: args.monitorSeconds ?? MONITOR_SECONDS,
    drainSeconds: args.drainSeconds ?? 0,
  };
}
