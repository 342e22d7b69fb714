/** Containers and networks on the host that have a stack's identity but are not in its state. */

import { identityLabel } from "../../deployment/look/labels";
import { connect } from "../../engine/connect";
import { unlessGone } from "../../engine/errors";
import type { Ownership } from "./state";

/** Removes those with one of the given names, and returns their names on the host. Never a volume. */
export async function removeLeftovers(
  owners: readonly Ownership[],
  recorded: ReadonlySet<string>,
): Promise<string[]> {
  const [first] = owners;
  if (first === undefined) return [];
  const engine = connect();
  const label = [`${identityLabel}=${first.identity}`];
  const names = new Set(owners.map(({ name }) => name));
  const isLeft = (id: string, labels: Readonly<Record<string, string>> | undefined): boolean =>
    !recorded.has(id) && names.has(labels?.["io.dockwright.name"] ?? "");
  const removed: string[] = [];
  for (const { Id, Names, Labels } of await engine.listContainers({ all: true, filters: { label } })) {
    if (!isLeft(Id, Labels)) continue;
    const container = engine.getContainer(Id);
    await unlessGone(container.stop()); // with its own signal and grace period
    await unlessGone(container.remove({ force: true }));
    removed.push((Names[0] ?? Id).replace(/^\//, ""));
  }
  for (const { Id, Name, Labels } of await engine.listNetworks({ filters: { label } })) {
    if (!isLeft(Id, Labels)) continue;
    await unlessGone(engine.getNetwork(Id).remove());
    removed.push(Name);
  }
  return removed;
}
