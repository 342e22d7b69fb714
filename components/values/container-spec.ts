/** A container as a whole: the guard of its arguments, what they must hold together, and the provider's inputs. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import type { z } from "zod";
import { type Fault, formatPath } from "../internal/message";
import {
  containerPath,
  flag,
  input,
  listOf,
  mapOf,
  nonEmptyText,
  oneOf,
  reference,
  seconds,
  strict,
  text,
  wholeNumber,
} from "../internal/guard";
import { hostName as hostNameOf, objectName, type Owner } from "../internal/names";
import type { ContainerArgs } from "./container-args";
import {
  attachment,
  attachmentFaults,
  attachmentInputs,
  attachmentsOf,
  closedFaults,
  fixedAddresses,
  hostNameGuard,
  namesOn,
  type NetworkAttachment,
} from "./attachment";
import { environment, environmentInputs, fileFaults, files, secrets, uploadInputs } from "./environment";
import { hostFaults, hostOf, hostReference, type Placement } from "./docker-host";
import { healthCheck, healthCheckInputs, healthyWithinSeconds } from "./health-check";
import type { ImageSource } from "./image-source";
import { hostAddress, ipv4Address } from "./ip-address";
import {
  composeIdentity,
  type ComposeIdentity,
  composeServiceLabels,
  type Labels,
  labels,
  ownershipLabels,
} from "./labels";
import { defaultLogging, logging, loggingInputs } from "./logging";
import { mount, mountFaults, mountInputs, volumeFaults } from "./mount";
import { bindingsOf, portFaults, portMapping } from "./port";
import { type Claim, portInput } from "./published";
import { memoryFaults, resourceInputs, resourceShape } from "./resources";
import { defaultRestart, restartInputs, restartPolicy } from "./restart";
import { riskFaults, securityInputs, securityShape } from "./security";
import { aliasesLabel } from "./live-container";
import { type UpdateOrder, updateFaults, updateOf, updateOrder } from "./update";

const words = listOf(input(nonEmptyText)).min(1, "must not be empty");

/** The guard of each argument. */
export const containerShape = {
  ...resourceShape,
  ...securityShape,
  image: reference<ImageSource>("source", "an Image"),
  host: hostReference.optional(),
  adopt: flag.optional(),
  command: words.optional(),
  entrypoint: words.optional(),
  environment: environment.optional(),
  secrets: secrets.optional(),
  files: files.optional(),
  ports: listOf(portMapping).optional(),
  mounts: listOf(mount).optional(),
  networks: listOf(attachment)
    .min(1, 'must not be empty; for no network at all write networkMode: "none"')
    .optional(),
  networkMode: oneOf(["bridge", "host", "none"]).optional(),
  healthCheck: healthCheck.optional(),
  update: updateOrder.optional(),
  monitorSeconds: seconds().optional(),
  drainSeconds: seconds().optional(),
  waitUntilHealthy: flag.optional(),
  waitTimeoutSeconds: wholeNumber(1).optional(),
  restart: restartPolicy.optional(),
  user: input(
    text('a user such as "app" or "1000:1000"', (value) =>
      /^[a-zA-Z0-9_.-]+(:[a-zA-Z0-9_.-]+)?$/.test(value),
    ),
  ).optional(),
  groups: listOf(
    text('a group such as "audio" or "1000"', (value) => /^[a-zA-Z0-9_.-]+$/.test(value)),
  ).optional(),
  workingDirectory: containerPath.optional(),
  hostname: hostNameGuard.optional(),
  domainName: hostNameGuard.optional(),
  extraHosts: mapOf(hostAddress, hostNameGuard).optional(),
  dns: listOf(ipv4Address).optional(),
  dnsSearch: listOf(hostNameGuard).optional(),
  dnsOptions: listOf(
    text('an option such as "ndots:2"', (value) => /^[a-z0-9-]+(:\d+)?$/.test(value)),
  ).optional(),
  tty: flag.optional(),
  stdinOpen: flag.optional(),
  init: flag.optional(),
  stopSignal: text('a signal such as "SIGTERM"', (value) => /^SIG[A-Z0-9+-]+$/.test(value)).optional(),
  stopGraceSeconds: wholeNumber(1, 3600).optional(),
  logging: logging.optional(),
  labels: labels.optional(),
  name: objectName.optional(),
  service: hostNameGuard.optional(),
  replica: wholeNumber(1).optional(),
};

/** Words of Docker and Compose that lie too far from ours to be guessed. */
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

export const containerGuard: z.ZodType<ContainerArgs> = strict(containerShape, { instead: containerWords });

/** What single arguments cannot know of each other. */
export function togetherFaults(args: ContainerArgs, name: string): Fault[] {
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
    ...(args.service === undefined && !hostNameGuard.safeParse(name).success
      ? [{ path: "service", text: `is required, for the container's own name "${name}" is no host name` }]
      : []),
    ...(mode !== undefined && args.networks !== undefined
      ? [{ path: "networkMode", text: "excludes networks; give one of the two" }]
      : []),
    ...((mode === "host" || mode === "none") && ports.length > 0
      ? [
          {
            path: "ports",
            text: `cannot be published with networkMode "${mode}"; ${mode === "host" ? "the container's ports are the host's already" : "put it on a network"}`,
          },
        ]
      : []),
    ...(args.waitUntilHealthy === true && args.healthCheck === "none"
      ? [{ path: "waitUntilHealthy", text: 'needs a health check, got healthCheck: "none"' }]
      : []),
  ];
}

/** What checked arguments come to. */
export interface ContainerSpec {
  readonly inputs: ProviderArgs;
  /** Labels apart: one of them depends on what stands on the host. */
  readonly labels: Labels;
  /** What the container takes of its host. */
  readonly claim: Claim;
  /** By what labels the container of `docker compose up` is found which this one takes over; undefined: none is. */
  readonly takesOver: ComposeIdentity | undefined;
  readonly placement: Placement;
  readonly order: UpdateOrder;
  readonly networks: readonly NetworkAttachment["network"][];
  /** Networks and the names that it gets there once it is ready. */
  readonly joins: readonly { network: NetworkAttachment["network"]; names: readonly string[] }[];
  readonly readiness: { readonly healthy: boolean | undefined; readonly timeoutSeconds: number };
  readonly monitorSeconds: number;
  readonly drainSeconds: number;
}

/** The provider's inputs for checked arguments, and what else decides about the container's life. */
export function containerSpec(owner: Owner, name: string, args: ContainerArgs): ContainerSpec {
  const { service = name, replica = 1, healthCheck: check, stopGraceSeconds = 10 } = args;
  const hostName = args.name ?? hostNameOf(owner, name);
  const bindings = bindingsOf(args.ports ?? []);
  const attachments = attachmentsOf(args.networks ?? []);
  const uploads = uploadInputs(args.files ?? {}, args.secrets ?? {});
  const order = updateOf(args);
  const placement = hostOf(args.host);
  const named = order === "start-first" ? "later" : "now";
  const joins = attachments.map((each) => ({ network: each.network, names: namesOn(each, service) }));
  const inputs: ProviderArgs = {
    name: hostName,
    image: args.image.source,
    ...(args.command && { command: [...args.command] }),
    ...(args.entrypoint && { entrypoints: [...args.entrypoint] }),
    ...(args.environment && { envs: environmentInputs(args.environment) }),
    ...(uploads.length > 0 && { uploads }),
    ...(bindings.length > 0 && { ports: bindings.map(portInput) }),
    ...mountInputs(args.mounts ?? []),
    ...(attachments.length > 0
      ? { networksAdvanced: attachmentInputs(attachments, service, named) }
      : { networkMode: args.networkMode ?? "bridge" }),
    ...(check !== undefined && { healthcheck: healthCheckInputs(check) }),
    ...restartInputs(args.restart ?? defaultRestart),
    ...resourceInputs(args),
    ...securityInputs(args),
    ...loggingInputs(args.logging ?? defaultLogging),
    ...(args.user !== undefined && { user: args.user }),
    ...(args.groups && { groupAdds: [...args.groups] }),
    ...(args.workingDirectory !== undefined && { workingDir: args.workingDirectory }),
    ...(args.hostname !== undefined && { hostname: args.hostname }),
    ...(args.domainName !== undefined && { domainname: args.domainName }),
    ...(args.extraHosts && { hosts: Object.entries(args.extraHosts).map(([host, ip]) => ({ host, ip })) }),
    ...(args.dns && { dns: [...args.dns] }),
    ...(args.dnsSearch && { dnsSearches: [...args.dnsSearch] }),
    ...(args.dnsOptions && { dnsOpts: [...args.dnsOptions] }),
    ...(args.tty === true && { tty: true }),
    ...(args.stdinOpen === true && { stdinOpen: true }),
    ...(args.stopSignal !== undefined && { stopSignal: args.stopSignal }),
    init: args.init ?? true,
    // Both, or the provider kills at once.
    stopTimeout: stopGraceSeconds,
    destroyGraceSeconds: stopGraceSeconds,
    // An anonymous volume is data too.
    removeVolumes: false,
    mustRun: true,
  };
  return {
    inputs,
    labels: {
      ...args.labels,
      ...ownershipLabels(owner, "container", name),
      ...composeServiceLabels(owner, service, replica),
      ...placement.labels,
      ...(named === "later" &&
        joins.length > 0 && { [aliasesLabel]: joins.map(({ names }) => names.join(",")).join(";") }),
    },
    claim: { name, hostName, bindings, addresses: fixedAddresses(attachments) },
    takesOver: owner.adopts === true ? composeIdentity(owner, service, replica) : undefined,
    placement,
    order,
    networks: attachments.map(({ network }) => network),
    joins: named === "later" ? joins : [],
    readiness: {
      healthy: check === "none" ? false : args.waitUntilHealthy,
      timeoutSeconds:
        args.waitTimeoutSeconds ?? (check && check !== "none" ? healthyWithinSeconds(check) : 120),
    },
    monitorSeconds: args.monitorSeconds ?? 5,
    drainSeconds: args.drainSeconds ?? 0,
  };
}
