/**
 * Pending deletions and updates of a killed run. Pulumi warns about them in every later run and never settles them; after
 * an unrecorded deletion, later runs fail because the object is missing. Whether it exists is checked on its host.
 */

import type { ExportedStack, PendingOperation, Recorded } from "./state";
import { isElsewhere } from "./state";

/** Whether an object exists on the host; undefined if unknown. */
export type Presence = (resource: Recorded) => Promise<boolean | undefined>;

export interface Interrupted {
  /** The state without settled operations; the same object if there are none. */
  readonly state: ExportedStack;
  /** Removed from the state: their objects no longer exist. */
  readonly gone: readonly Recorded[];
  /** Objects that still exist: only the operation was removed. */
  readonly there: readonly Recorded[];
}

const OPERATIONS = new Set(["deleting", "updating"]);

/** How many other objects are checked to identify the host. */
const WITNESSES = 10;

export function hasInterrupted({ deployment }: ExportedStack): boolean {
  return interruptedIn(deployment).length > 0;
}

export async function settleInterrupted(exported: ExportedStack, isThere: Presence): Promise<Interrupted> {
  const { deployment } = exported;
  const operations = interruptedIn(deployment);
  const nothing = { state: exported, gone: [], there: [] };
  if (operations.length === 0 || !(await isItsHost(deployment, operations, isThere))) return nothing;
  const judged = await Promise.all(
    operations.map(async (operation) => ({ operation, found: await isThere(operation.resource) })),
  );
  const settled = judged.filter(({ found }) => found !== undefined);
  const gone = settled.filter(({ found }) => found === false).map(({ operation }) => operation.resource);
  const there = settled.filter(({ found }) => found === true).map(({ operation }) => operation.resource);
  if (settled.length === 0) return nothing;
  const done = new Set(settled.map(({ operation }) => operation));
  const pending_operations = deployment.pending_operations?.filter((each) => !done.has(each));
  const resources = dropped(deployment.resources ?? [], gone);
  return {
    state: { ...exported, deployment: { ...deployment, pending_operations, resources } },
    gone,
    there,
  };
}

/** Objects on the local Engine; other hosts are not checked. */
function interruptedIn({
  resources = [],
  pending_operations = [],
}: ExportedStack["deployment"]): PendingOperation[] {
  return pending_operations.filter(
    ({ type, resource }) =>
      OPERATIONS.has(type) && resource.type.startsWith("docker:") && !isElsewhere(resource, resources),
  );
}

/**
 * A different Engine (DOCKER_HOST) has no object of the state, which proves nothing. If other objects are recorded, one
 * of them must exist.
 */
async function isItsHost(
  { resources = [] }: ExportedStack["deployment"],
  operations: readonly PendingOperation[],
  isThere: Presence,
): Promise<boolean> {
  const asked = new Set(operations.map(({ resource }) => resource.id));
  const others = resources.filter(
    (each) => each.type.startsWith("docker:") && !asked.has(each.id) && !isElsewhere(each, resources),
  );
  const answers = await Promise.all(others.slice(0, WITNESSES).map(isThere));
  const told = answers.filter((each) => each !== undefined);
  return told.length === 0 || told.includes(true);
}

/** The state without some resources and without references to them; their dependents are unchanged. */
function dropped(resources: readonly Recorded[], gone: readonly Recorded[]): readonly Recorded[] {
  const kept = resources.filter(({ urn, id }) => !gone.some((each) => each.urn === urn && each.id === id));
  const urns = new Set(kept.map(({ urn }) => urn));
  const lost = new Set(gone.map(({ urn }) => urn).filter((urn) => !urns.has(urn)));
  if (lost.size === 0) return kept;
  return kept.map((each) => {
    const { dependencies, propertyDependencies, deletedWith, ...rest } = each;
    const without = (list: readonly string[]): string[] => list.filter((urn) => !lost.has(urn));
    return {
      ...rest,
      ...(dependencies && { dependencies: without(dependencies) }),
      ...(propertyDependencies && {
        propertyDependencies: Object.fromEntries(
          Object.entries(propertyDependencies).map(([key, list]) => [key, without(list ?? [])]),
        ),
      }),
      ...(deletedWith !== undefined && !lost.has(deletedWith) && { deletedWith }),
    };
  });
}
