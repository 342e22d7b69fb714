/**
 * Deletions and changes that a killed run had begun. Pulumi warns of them in every later run and never settles them; a deletion
 * that was done but not recorded lets later runs fail over an object that is gone. Whether it is there, its host knows.
 */

import type { ExportedStack, PendingOperation, Recorded } from "./state";
import { isElsewhere } from "./state";

/** Whether an object is on the host; undefined where that cannot be told. */
export type Presence = (resource: Recorded) => Promise<boolean | undefined>;

export interface Interrupted {
  /** The state without what is settled; the same one where nothing is. */
  readonly state: ExportedStack;
  /** Records that were dropped: their objects are gone. */
  readonly gone: readonly Recorded[];
  /** Objects that are still there: only the operation was dropped. */
  readonly there: readonly Recorded[];
}

const OPERATIONS = new Set(["deleting", "updating"]);

/** How many other objects are asked for, to know the host by. */
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

/** What is on this machine's own Engine; other hosts are not asked. */
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
 * Another Engine (DOCKER_HOST) has nothing of the state, and that says nothing about single objects. Where others are recorded, one of
 * them must be there.
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

/** Without some records, and without what refers to them: what depends on them is unchanged. */
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
