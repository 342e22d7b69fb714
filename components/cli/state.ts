/** What a stack's state says of a killed run: creations that were begun and of which nobody knows how they ended. */

/** The part of an exported stack that matters here; the rest is handed back untouched. */
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
  /** It was replaced, and its deletion is still to come. */
  readonly delete?: boolean;
  readonly provider?: string;
  /** The URNs of what it was made after. */
  readonly dependencies?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
}

export interface PendingOperation {
  readonly type: string;
  readonly resource: Recorded;
}

/** What dockwright wrote on an object of its own. */
export interface Ownership {
  readonly project: string;
  readonly stack: string;
  readonly name: string;
}

/** The ownership labels among the inputs of a Docker resource; undefined for one that is not dockwright's. */
function ownershipOf({ inputs }: Recorded): Ownership | undefined {
  const given = inputs?.["labels"];
  if (!Array.isArray(given)) return undefined;
  const labels = new Map(
    (given as { label?: unknown; value?: unknown }[]).map(({ label, value }) => [label, value]),
  );
  const [project, stack, name] = ["project", "stack", "name"].map((key) =>
    labels.get(`io.dockwright.${key}`),
  );
  return typeof project === "string" && typeof stack === "string" && typeof name === "string"
    ? { project, stack, name }
    : undefined;
}

const CONTAINER = "docker:index/container:Container";
const NETWORK = "docker:index/network:Network";

export interface Verdict {
  /** May be forgotten at once: the object stands in the state, made again by the run that followed. */
  readonly settled: readonly PendingOperation[];
  /** No longer in the program: may be forgotten once nothing of that name is left on the host. */
  readonly abandoned: readonly { readonly operation: PendingOperation; readonly owner: Ownership }[];
  /** Not ours to judge: Pulumi goes on warning. */
  readonly unknown: readonly PendingOperation[];
}

/**
 * Judges the creations that a killed run had begun, after a run that succeeded. Of what dockwright made there is never
 * a second one once it is recorded: a container's component removes its doubles, the others have one name each.
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
      settled.push(operation); // images and volumes are adopted by name, or kept
    else if (owner === undefined) unknown.push(operation);
    else if (recorded.has(resource.urn)) settled.push(operation);
    else if (isElsewhere(resource, resources)) unknown.push(operation);
    else abandoned.push({ operation, owner });
  }
  return { settled, abandoned, unknown };
}

/** True where the resource's provider talks to another Engine than the one that this machine's docker command does. */
export function isElsewhere({ provider }: Recorded, resources: readonly Recorded[]): boolean {
  if (provider === undefined) return false;
  const urn = provider.slice(0, provider.lastIndexOf("::"));
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

/** The names of everything of dockwright's that a state knows, recorded or begun, on this machine's own Engine. */
export function knownNames({ deployment }: ExportedStack): Ownership[] {
  const resources = deployment.resources ?? [];
  return [...resources, ...(deployment.pending_operations ?? []).map(({ resource }) => resource)].flatMap(
    (each) =>
      (each.type === CONTAINER || each.type === NETWORK) && !isElsewhere(each, resources)
        ? (ownershipOf(each) ?? [])
        : [],
  );
}

/** What stands recorded on a host. */
export function recordedIds({ deployment }: ExportedStack): Set<string> {
  return new Set((deployment.resources ?? []).flatMap(({ id }) => id ?? []));
}
