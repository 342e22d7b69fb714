/** One service of a stack: the arguments of its `SwarmService`. */

import { dependencies } from "../host/depends-on";
import { takenBySwarm } from "../../container/arguments/shape";
import type { FileAccess, SwarmPort, SwarmServiceArgs } from "../../swarm/args";
import type { Project, Service } from "../model/model";
import type { FileReference, Port } from "../model/parts";
import { fourDigits } from "../host/arguments/files";
import type { Finding, Findings } from "../host/finding";
import { healthCheckArg } from "../host/arguments/health-check";
import { imageKey } from "../host/images";
import { mountArgs, type PlannedMount } from "../host/arguments/mounts";
import { portArgs } from "../host/arguments/ports";
import { environmentArgs, identityArgs, wordArgs } from "../host/arguments/process";
import { resourceArgs } from "../host/arguments/resources";
import { securityArgs } from "../host/arguments/security";
import { deployArgs } from "./deploy";
import { type PushTarget, pushTarget } from "./push";

/** A file of a container, and the key of its content. */
export interface PlannedAccess extends FileAccess {
  readonly source: string;
  /** The absolute path in the container. */
  readonly path: string;
}

/** Arguments of a `SwarmService`, with keys of the file instead of references. */
export type PlannedSwarmArgs = Omit<
  SwarmServiceArgs,
  "image" | "networks" | "mounts" | "host" | "files" | "secrets" | "service" | "registry" | "name"
> & {
  readonly networks?: readonly { readonly network: string; readonly aliases?: readonly string[] }[];
  readonly mounts?: readonly PlannedMount[];
  /** By the name of the secret in the service. */
  readonly secrets?: Readonly<Record<string, PlannedAccess>>;
  readonly configs?: readonly PlannedAccess[];
};

export interface PlannedSwarmService {
  readonly name: string;
  /** The key of its image. */
  readonly image: string;
  /** The push target of a built image. */
  readonly push?: PushTarget;
  readonly dependsOn: readonly string[];
  readonly args: PlannedSwarmArgs;
}

export function plannedSwarmService(
  name: string,
  service: Service,
  model: Project,
  registry: string | undefined,
  found: Findings,
): PlannedSwarmService {
  const at =
    (tell: Finding): Finding =>
    (path, text) =>
      tell(["services", name, ...path], text);
  const [fault, warn] = [at(found.fault), at(found.warn)];
  const mounts = mountArgs(service, fault).map(onNode);
  // Those of the short form come last.
  mounts.slice(mounts.length - (service.tmpfs?.length ?? 0)).forEach((mount, index) => {
    const [option] = "tmpfs" in mount ? (mount.options ?? []) : [];
    if (option !== undefined)
      fault(["tmpfs", index], `can have the options size and mode on a Swarm, got ${JSON.stringify(option)}`);
  });
  mounts.forEach((mount, index) => {
    if ("anonymous" in mount)
      fault(
        ["volumes", index],
        "needs a name: a replaced task would lose track of its data; write data:/path, and data under volumes",
      );
    if ("bind" in mount)
      warn(
        ["volumes", index],
        "is a path on the node that runs the task; make sure that every node has it, or use configs and secrets, which Swarm distributes",
      );
  });
  return {
    name,
    image: imageKey(name, service),
    ...pushTarget(model.name, name, service, registry, fault),
    dependsOn: dependencies(service, model, warn),
    args: {
      ...wordArgs(service, fault),
      ...environmentArgs(service, warn),
      ...identityArgs(service, fault),
      ...takenBySwarm(resourceArgs(service)),
      ...riskArgs(service, mounts),
      ...healthCheckArg(service, fault),
      // By default, Docker adds no init process.
      init: service.init ?? false,
      ...deployArgs(service, fault),
      ...networkArgs(service),
      ...swarmPorts(service.ports ?? [], fault),
      ...(mounts.length > 0 && { mounts }),
      ...fileArgs(service, fault),
    },
  };
}

/** A node never creates a missing path. */
function onNode(mount: PlannedMount): PlannedMount {
  if (!("bind" in mount)) return mount;
  const { createHostPath: _, ...onNode } = mount;
  return onNode;
}

/** The arguments that a task supports; all others have been refused by name. */
function riskArgs(service: Service, mounts: readonly PlannedMount[]): PlannedSwarmArgs {
  const { capabilities, readOnlyRoot, unsafe = {} } = securityArgs({ ...service, privileged: false }, mounts);
  const risks = {
    ...(unsafe.capabilities !== undefined && { capabilities: unsafe.capabilities }),
    ...(unsafe.dockerSocket !== undefined && { dockerSocket: unsafe.dockerSocket }),
    ...(unsafe.hostPaths !== undefined && { hostPaths: unsafe.hostPaths }),
  };
  return {
    ...(capabilities && { capabilities }),
    ...(readOnlyRoot !== undefined && { readOnlyRoot }),
    ...(Object.keys(risks).length > 0 && { unsafe: risks }),
  };
}

function networkArgs({ networks = {} }: Service): PlannedSwarmArgs {
  return {
    networks: Object.entries(networks)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([network, given]) => ({ network, ...(given?.aliases && { aliases: given.aliases }) })),
  };
}

/** A swarm publishes on every address of its nodes; a file with a single address is refused. */
function swarmPorts(ports: readonly Port[], fault: Finding): PlannedSwarmArgs {
  const mapped = portArgs(ports, fault).ports ?? [];
  if (mapped.length === 0) return {};
  return {
    ports: mapped.map(({ address: _, ...mapping }, index): SwarmPort => {
      const { mode = "ingress" } = ports[index] ?? {};
      if (mode !== "ingress" && mode !== "host")
        fault(["ports", index, "mode"], `must be "ingress" or "host", got ${JSON.stringify(mode)}`);
      return { ...mapping, expose: "public", ...(mode === "host" && { mode }) };
    }),
  };
}

const SECRETS = "/run/secrets/";

function fileArgs({ secrets = [], configs = [] }: Service, fault: Finding): PlannedSwarmArgs {
  const named = new Map<string, PlannedAccess>();
  secrets.forEach((reference, index) => {
    const planned = accessOf("secrets", reference, index, fault);
    const { source, path } = planned;
    const key = path.startsWith(SECRETS) ? path.slice(SECRETS.length) : source;
    named.set(named.has(key) ? `${key}-${String(index)}` : key, planned);
  });
  const planned = configs.map((reference, index) => accessOf("configs", reference, index, fault));
  return {
    ...(named.size > 0 && { secrets: Object.fromEntries(named) }),
    ...(planned.length > 0 && { configs: planned }),
  };
}

function accessOf(
  kind: "secrets" | "configs",
  { source = "", target = source, mode, uid, gid }: FileReference,
  index: number,
  fault: Finding,
): PlannedAccess {
  const number = (key: "uid" | "gid", text: string): number => {
    if (!/^\d+$/.test(text))
      fault(
        [kind, index, key],
        `must be a number, got ${JSON.stringify(text)}: a node does not know the user names of an image`,
      );
    return Number(text);
  };
  return {
    source,
    path: target.startsWith("/") ? target : `${kind === "secrets" ? SECRETS : "/"}${target}`,
    ...(mode !== undefined && { mode: fourDigits(mode) }),
    ...(uid !== undefined && { uid: number("uid", uid) }),
    ...(gid !== undefined && { gid: number("gid", gid) }),
  };
}
