/** Reads and changes a swarm through one of its managers. */

import type Docker from "dockerode";

import type { Owner } from "../../core/names";
import type { LiveService, UpdateProgress } from "../service/drift";
import { isOwn } from "../../deployment/look/host-view";
import { stackFilter } from "../../deployment/look/labels";
import { isMissing } from "../../engine/errors";

/** The inspection of a swarm at the start of a run. */
export interface SwarmView {
  /** Identifies the swarm; known only to those with access to a manager. */
  readonly clusterId: string;
  readonly nodes: number;
  readonly services: readonly LiveService[];
  readonly secrets: readonly SwarmObject[];
  readonly configs: readonly SwarmObject[];
}

/** A secret or a config, without its content. */
export interface SwarmObject {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly createdAt: number;
}

/** Undefined if the Engine is not a manager of a swarm. */
export async function viewSwarm(engine: Docker): Promise<SwarmView | undefined> {
  const { Swarm } = (await engine.info()) as {
    Swarm?: { ControlAvailable?: boolean; Nodes?: number; Cluster?: { ID: string } };
  };
  if (Swarm?.ControlAvailable !== true) return undefined;
  const [services, secrets, configs] = await Promise.all([
    servicesOf(engine),
    engine.listSecrets(),
    engine.listConfigs(),
  ]);
  return {
    clusterId: Swarm.Cluster?.ID ?? "",
    nodes: Swarm.Nodes ?? 1,
    services,
    secrets: (secrets as unknown as ListedObject[]).map(swarmObject),
    configs: (configs as unknown as ListedObject[]).map(swarmObject),
  };
}

interface ListedObject {
  readonly ID: string;
  readonly CreatedAt: string;
  readonly Spec: { readonly Name: string; readonly Labels?: Record<string, string> | null };
}

function swarmObject({ ID, CreatedAt, Spec }: ListedObject): SwarmObject {
  return { id: ID, name: Spec.Name, labels: Spec.Labels ?? {}, createdAt: Date.parse(CreatedAt) };
}

interface ListedService {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Name: string; readonly Labels?: Record<string, string> | null };
  readonly Endpoint?: {
    readonly Ports?: readonly { PublishedPort?: number; Protocol: string; PublishMode: string }[] | null;
  };
  readonly UpdateStatus?: { readonly State?: string; readonly Message?: string } | null;
  readonly ServiceStatus?: { readonly RunningTasks: number; readonly DesiredTasks: number };
}

/** All services, or those that match a filter, with their number of running tasks. */
export async function servicesOf(
  engine: Docker,
  filters: Readonly<Record<string, readonly string[]>> = {},
): Promise<LiveService[]> {
  const listed = (await engine.listServices({
    status: true,
    filters,
  } as object)) as unknown as ListedService[];
  return listed.map((each) => ({
    id: each.ID,
    name: each.Spec.Name,
    labels: each.Spec.Labels ?? {},
    version: each.Version.Index,
    spec: each.Spec,
    update: updateOf(each.UpdateStatus),
    ports: (each.Endpoint?.Ports ?? []).flatMap(({ PublishedPort, Protocol, PublishMode }) =>
      PublishedPort === undefined ? [] : [{ port: PublishedPort, protocol: Protocol, mode: PublishMode }],
    ),
    running: each.ServiceStatus?.RunningTasks ?? 0,
    desired: each.ServiceStatus?.DesiredTasks ?? 0,
  }));
}

function updateOf(status: ListedService["UpdateStatus"]): UpdateProgress | undefined {
  return status?.State === undefined || status.State === ""
    ? undefined
    : { state: status.State as UpdateProgress["state"], message: status.Message ?? "" };
}

export async function serviceByName(engine: Docker, name: string): Promise<LiveService | undefined> {
  // The Engine matches every name with this prefix.
  return (await servicesOf(engine, { name: [name] })).find((each) => each.name === name);
}

/** The registry login for the nodes. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

/** Updates the specification of a service. Unmanaged parts, such as forced restarts, are unchanged. */
export async function tellService(
  engine: Docker,
  { id, version, spec: live }: LiveService,
  spec: object,
  login: Login | undefined,
): Promise<void> {
  const { ForceUpdate } = ((live as { TaskTemplate?: object }).TaskTemplate ?? {}) as {
    ForceUpdate?: number;
  };
  const told = spec as { readonly TaskTemplate: object };
  await engine.getService(id).update({
    authconfig: login,
    _query: { version },
    _body: {
      ...told,
      TaskTemplate: { ...told.TaskTemplate, ...(ForceUpdate !== undefined && { ForceUpdate }) },
    },
  });
}

/** Rolls a service back to its previous specification. */
export async function rollBack(engine: Docker, { id, version, spec }: LiveService): Promise<void> {
  await engine.getService(id).update({ _query: { version, rollback: "previous" }, _body: spec });
}

/** Removes a service left by an interrupted update, with its tasks. */
export async function removeService(engine: Docker, id: string): Promise<void> {
  try {
    await engine.getService(id).remove();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** The secrets or configs of this deployment with one name; nothing else of the swarm is read. */
export async function ownObjects(
  engine: Docker,
  owner: Owner,
  identity: string,
  kind: "secret" | "config",
  name: string,
): Promise<SwarmObject[]> {
  const asked = { filters: { label: stackFilter(owner, { kind, name }) } } as object;
  const listed = await (kind === "secret" ? engine.listSecrets(asked) : engine.listConfigs(asked));
  return ownOf((listed as unknown as ListedObject[]).map(swarmObject), identity, kind, name);
}

/** The objects of one kind that the deployment of that identity created under one name. */
export function ownOf<T extends { readonly labels: Readonly<Record<string, string>> }>(
  objects: readonly T[],
  identity: string,
  kind: string,
  name: string,
): T[] {
  return objects.filter(
    ({ labels }) =>
      isOwn({ labels }, identity) &&
      labels["io.dockwright.kind"] === kind &&
      labels["io.dockwright.name"] === name,
  );
}
