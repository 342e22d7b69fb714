/** One service of a project: the arguments of its containers, or of the job that it is. */

import type { ContainerArgs } from "../../values/container-args";
import type { Project, Service } from "../model";
import type { Finding, Findings } from "./finding";
import { fileArgs, type Origin, type PlannedFile } from "./files";
import { healthCheckArg } from "./health-check";
import { imageKey } from "./images";
import { mountArgs, type PlannedMount } from "./mounts";
import { portArgs } from "./ports";
import { resourceArgs } from "./resources";
import { restartArg } from "./restart";
import { secondsOf, withValues } from "./quantities";
import { securityArgs } from "./security";

export interface PlannedAttachment {
  readonly network: string;
  readonly aliases?: readonly string[];
  readonly ipv4Address?: string;
}

/** Arguments of a container, with the keys of the file in the place of references. */
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
    // Compose gives no init process unless it is asked for.
    init: service.init ?? false,
  };
  const args = isJob
    ? both
    : {
        ...both,
        ...portArgs(service.ports ?? [], fault),
        ...healthCheckArg(service, fault),
        restart: restartArg(service, fault),
      };
  if (isJob && (service.ports ?? []).length > 0)
    warn(["ports"], "are not published: the service runs once to its end");
  return {
    name,
    kind: isJob ? "job" : "containers",
    image: imageKey(name, service),
    replicas: isJob ? 1 : replicas,
    dependsOn: Object.keys(service.depends_on ?? {}).filter((each) => each in model.services),
    args,
  };
}

/** A list that is there and empty means "nothing", which the provider cannot say. */
function wordArgs({ command, entrypoint }: Service, fault: Finding): Partial<PlannedArgs> {
  for (const [key, words] of Object.entries({ command, entrypoint })) {
    if (words?.length === 0)
      fault(
        [key],
        `must not be empty; leave it out for the image's own, or write the program that it shall run`,
      );
    else if (words?.includes("") === true)
      fault([key], "must have no empty word: the provider cannot pass it on");
  }
  return { ...(command?.length && { command }), ...(entrypoint?.length && { entrypoint }) };
}

/** A variable without a value anywhere is not set. The provider cannot take one away that the image sets. */
function environmentArgs({ environment = {} }: Service, warn: Finding): Partial<PlannedArgs> {
  for (const [name, value] of Object.entries(environment))
    if (value === null)
      warn(
        ["environment"],
        `has no value for ${name}; give it one, or take it out: one that the image sets stays`,
      );
  const set = withValues(environment);
  return Object.keys(set).length > 0 ? { environment: set } : {};
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

function identityArgs(service: Service, fault: Finding): Partial<PlannedArgs> {
  const { container_name: name, extra_hosts: hosts = [], logging } = service;
  const grace = service.stop_grace_period === undefined ? undefined : secondsOf(service.stop_grace_period);
  return {
    ...(name !== undefined && { name }),
    ...(service.user !== undefined && { user: service.user }),
    ...(service.working_dir !== undefined && { workingDirectory: service.working_dir }),
    ...(service.hostname !== undefined && { hostname: service.hostname }),
    ...(hosts.length > 0 && { extraHosts: Object.fromEntries(hosts.map((line) => hostOf(line, fault))) }),
    ...(service.dns && { dns: service.dns }),
    ...(service.dns_search && { dnsSearch: service.dns_search }),
    ...(service.dns_opt && { dnsOptions: service.dns_opt }),
    ...(service.domainname !== undefined && { domainName: service.domainname }),
    ...(service.group_add && { groups: service.group_add }),
    ...(service.tty === true && { tty: true }),
    ...(service.stdin_open === true && { stdinOpen: true }),
    ...(service.stop_signal !== undefined && { stopSignal: service.stop_signal }),
    // Docker counts whole seconds, and so does the provider.
    ...(grace !== undefined && { stopGraceSeconds: Math.max(1, Math.ceil(grace)) }),
    ...(service.labels && Object.keys(service.labels).length > 0 && { labels: service.labels }),
    ...(logging?.driver !== undefined && {
      logging: { driver: logging.driver, ...(logging.options && { options: logging.options }) },
    }),
  };
}

/** `HOST=ADDRESS`. */
function hostOf(line: string, fault: Finding): [string, string] {
  const [host = "", address = ""] = line.split(/=(.*)/s);
  if (address.includes(":"))
    fault(["extra_hosts"], `must have an IPv4 address for ${host}, got ${JSON.stringify(address)}`);
  return [host, address];
}
