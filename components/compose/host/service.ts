/** One service of a project: the arguments of its containers or of its job. */

import type { ContainerArgs } from "../../container/args";
import type { Project, Service } from "../model/model";
import type { Finding, Findings } from "./finding";
import { fileArgs, type Origin, type PlannedFile } from "./arguments/files";
import { healthCheckArg } from "./arguments/health-check";
import { dependencies } from "./depends-on";
import { imageKey } from "./images";
import { mountArgs, type PlannedMount } from "./arguments/mounts";
import { portArgs } from "./arguments/ports";
import { resourceArgs } from "./arguments/resources";
import { environmentArgs, identityArgs, wordArgs } from "./arguments/process";
import { mayComplete, restartArg } from "./arguments/restart";
import { securityArgs } from "./arguments/security";

export interface PlannedAttachment {
  readonly network: string;
  readonly aliases?: readonly string[];
  readonly ipv4Address?: string;
}

/** Arguments of a container, with keys of the file instead of references. */
export type PlannedArgs = Omit<
  ContainerArgs,
  "image" | "networks" | "mounts" | "host" | "files" | "secrets" | "service" | "replica"
> & {
  readonly networks?: readonly PlannedAttachment[];
  readonly mounts?: readonly PlannedMount[];
  readonly files?: readonly PlannedFile[];
  readonly secrets?: Readonly<Record<string, Origin>>;
};

export interface PlannedService {
  readonly name: string;
  readonly kind: "containers" | "job";
  /** The key of its image. */
  readonly image: string;
  /** How many containers; a job has one. */
  readonly replicas: number;
  readonly dependsOn: readonly string[];
  readonly args: PlannedArgs;
}

export function plannedService(
  name: string,
  service: Service,
  model: Project,
  isJob: boolean,
  found: Findings,
): PlannedService {
  const at =
    (tell: Finding): Finding =>
    (path, text) =>
      tell(["services", name, ...path], text);
  const [fault, warn] = [at(found.fault), at(found.warn)];
  const mounts = mountArgs(service, fault);
  const replicas = service.scale ?? service.deploy?.replicas ?? 1;
  const both = {
    ...wordArgs(service, fault),
    ...environmentArgs(service, warn),
    ...networkArgs(service, fault),
    ...(mounts.length > 0 && { mounts }),
    ...fileArgs(service, model, fault),
    ...resourceArgs(service),
    ...securityArgs(service, mounts),
    ...identityArgs(service, fault),
    ...terminalArgs(service),
    ...(service.container_name !== undefined && { name: service.container_name }),
    ...(service.labels && Object.keys(service.labels).length > 0 && { labels: service.labels }),
    // By default, Compose adds no init process.
    init: service.init ?? false,
  };
  const args = isJob
    ? both
    : {
        ...both,
        ...portArgs(service.ports ?? [], fault),
        ...healthCheckArg(service, fault),
        restart: restartArg(service, fault),
        ...(mayComplete(service) && { mayComplete: true }),
      };
  if (isJob && (service.ports ?? []).length > 0)
    warn(["ports"], "are not published: the service runs to completion");
  return {
    name,
    kind: isJob ? "job" : "containers",
    image: imageKey(name, service),
    replicas: isJob ? 1 : replicas,
    dependsOn: dependencies(service, model, warn),
    args,
  };
}

function networkArgs(service: Service, fault: Finding): Partial<PlannedArgs> {
  const { network_mode: mode, networks } = service;
  if (mode !== undefined && !["bridge", "host", "none"].includes(mode))
    fault(
      ["network_mode"],
      `must be "bridge", "host" or "none", got ${JSON.stringify(mode)}; put both on one network instead`,
    );
  if (mode !== undefined) return { networkMode: mode as "bridge" | "host" | "none" };
  return {
    networks: Object.entries(networks ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([network, given]) => ({
        network,
        ...(given?.aliases && { aliases: given.aliases }),
        ...(given?.ipv4_address !== undefined && { ipv4Address: given.ipv4_address }),
      })),
  };
}

/** The arguments that a container on one host supports and a Swarm task does not. */
function terminalArgs(service: Service): Partial<PlannedArgs> {
  return {
    ...(service.dns_opt && { dnsOptions: service.dns_opt }),
    ...(service.domainname !== undefined && { domainName: service.domainname }),
    ...(service.group_add && { groups: service.group_add }),
    ...(service.tty === true && { tty: true }),
    ...(service.stdin_open === true && { stdinOpen: true }),
  };
}
