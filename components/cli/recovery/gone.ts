/**
 * Objects of a swarm in the state that no longer exist: the run that deleted them was interrupted before
 * it recorded that. The provider fails to delete a missing service, secret or config in every later run.
 */

import { dockerTypes } from "../../provider/tokens";
import type { ExportedStack, Recorded } from "./state";

const KINDS: ReadonlySet<string> = new Set([
  dockerTypes.service,
  dockerTypes.secret,
  dockerTypes.serviceConfig,
]);

/** Whether a state contains swarm objects, checked before the swarm is contacted. */
export function namesSwarm(text: string): boolean {
  return [...KINDS].some((kind) => text.includes(kind));
}

/** The ids of the objects that can be missing, on the swarm of the local Engine. */
export async function swarmIds(): Promise<ReadonlySet<string>> {
  const [{ connect }, { viewSwarm }] = await Promise.all([
    import("../../engine/connect"),
    import("../../swarm/engine/swarm"),
  ]);
  // The run reports an Engine that does not answer.
  const view = await viewSwarm(connect()).catch(() => undefined);
  const { services = [], secrets = [], configs = [] } = view ?? {};
  return new Set([...services, ...secrets, ...configs].map(({ id }) => id));
}

/**
 * The objects to remove from the state. Other objects of the state must exist on this swarm: on a different swarm all are missing,
 * which proves nothing. Objects with dependents are not about to be deleted.
 */
export function goneFromSwarm({ deployment }: ExportedStack, live: ReadonlySet<string>): Recorded[] {
  const { resources = [] } = deployment;
  const here = resources.filter(({ type, id, provider }) => {
    const far = resources.find(({ urn }) => provider?.startsWith(`${urn}::`))?.inputs?.["host"];
    return KINDS.has(type) && id !== undefined && far === undefined;
  });
  if (!here.some(({ id = "" }) => live.has(id))) return [];
  const needed = new Set(resources.flatMap(({ dependencies = [] }) => dependencies));
  return here.filter(
    ({ urn, id = "", delete: going }) => !live.has(id) && (going === true || !needed.has(urn)),
  );
}
