/** Pending creations of a killed run in the state of a stack. */

import { identityLabel } from "../../deployment/look/labels";
import { labelsOf } from "../../provider/parts";
import { COMMAND_PROVIDER, dockerTypes } from "../../provider/tokens";

/** The relevant part of an exported stack; the rest is kept unchanged. */
export interface ExportedStack {
  readonly deployment: {
    readonly resources?: readonly Recorded[];
    readonly pending_operations?: readonly PendingOperation[];
  };
}

export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** It was replaced, and its deletion is pending. */
  readonly delete?: boolean;
  readonly provider?: string;
  /** The URNs of its dependencies. */
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly deletedWith?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

export interface PendingOperation {
  readonly type: string;
  readonly resource: Recorded;
}

/** The labels of dockwright on an object. */
export interface Ownership {
  /** Decides whose it is: another backend has the same project, stack and name. */
  readonly identity: string;
  readonly name: string;
}

/** The ownership labels among the inputs of a Docker resource; undefined for one that is not dockwright's. */
function ownershipOf({ inputs }: Recorded): Ownership | undefined {
  const labels = labelsOf(inputs ?? {});
  const { [identityLabel]: identity, "io.dockwright.name": name } = labels;
  return identity !== undefined && name !== undefined ? { identity, name } : undefined;
}

const { container: CONTAINER, network: NETWORK } = dockerTypes;

export interface Verdict {
  /** Can be removed at once: the following run created the object and recorded it. */
  readonly settled: readonly PendingOperation[];
  /** No longer in the program: can be removed once no object of that name exists on the host. */
  readonly abandoned: readonly { readonly operation: PendingOperation; readonly owner: Ownership }[];
  /** Cannot be decided here: Pulumi keeps warning. */
  readonly unknown: readonly PendingOperation[];
}

/**
 * Classifies pending creations of a killed run after a successful run. A recorded object of dockwright
 * has no duplicate: a container's component removes duplicates, other objects have unique names.
 */
export function judgePending({ deployment }: ExportedStack): Verdict {
  const resources = deployment.resources ?? [];
  const recorded = new Set(
    resources
      .filter(({ id, delete: going }) => id !== undefined && id !== "" && going !== true)
      .map(({ urn }) => urn),
  );
  const settled: PendingOperation[] = [];
  const abandoned: { operation: PendingOperation; owner: Ownership }[] = [];
  const unknown: PendingOperation[] = [];
  for (const operation of deployment.pending_operations ?? []) {
    const { resource } = operation;
    const owner = ownershipOf(resource);
    if (operation.type !== "creating" || !resource.type.startsWith("docker:")) unknown.push(operation);
    else if (resource.type !== CONTAINER && resource.type !== NETWORK)
      settled.push(operation); // images and volumes are reused by name, or kept
    else if (owner === undefined) unknown.push(operation);
    else if (recorded.has(resource.urn)) settled.push(operation);
    else if (isElsewhere(resource, resources)) unknown.push(operation);
    else abandoned.push({ operation, owner });
  }
  return { settled, abandoned, unknown };
}

/** True if the provider of the resource uses a different Engine than the local docker command. */
export function isElsewhere({ provider }: Recorded, resources: readonly Recorded[]): boolean {
  if (provider === undefined) return false;
  const urn = provider.slice(0, provider.lastIndexOf("::"));
  // Pulumi's default provider, and that of a context, use the host of the docker command, and can have recorded it.
  if (/::default(_[\d_]+)?$/.test(urn) || urn.endsWith(`:docker::${COMMAND_PROVIDER}`)) return false;
  return resources.find((each) => each.urn === urn)?.inputs?.["host"] !== undefined;
}

/** The state without them. */
export function without<T extends ExportedStack>(exported: T, forgotten: readonly PendingOperation[]): T {
  const kept = exported.deployment.pending_operations?.filter((each) => !forgotten.includes(each));
  return { ...exported, deployment: { ...exported.deployment, pending_operations: kept } };
}

/** The state without some of its resources. */
export function withoutResources<T extends ExportedStack>(exported: T, forgotten: readonly Recorded[]): T {
  const resources = exported.deployment.resources?.filter((each) => !forgotten.includes(each));
  return { ...exported, deployment: { ...exported.deployment, resources } };
}

/** The names of all objects of dockwright in a state, recorded or pending, on the local Engine. */
export function knownNames({ deployment }: ExportedStack): Ownership[] {
  const resources = deployment.resources ?? [];
  return [...resources, ...(deployment.pending_operations ?? []).map(({ resource }) => resource)].flatMap(
    (each) =>
      (each.type === CONTAINER || each.type === NETWORK) && !isElsewhere(each, resources)
        ? (ownershipOf(each) ?? [])
        : [],
  );
}

/** The objects recorded for a host. */
export function recordedIds({ deployment }: ExportedStack): Set<string> {
  return new Set((deployment.resources ?? []).flatMap(({ id }) => id ?? []));
}
