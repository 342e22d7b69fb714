/**
 * What a state has of a swarm and the swarm has no more: whoever deleted it was killed, or cut off, before that was noted. To
 * the provider it is a failure to delete a service, a secret or a config that is not there, in this run and in every later one.
 */

import { dockerTypes } from "../../provider/tokens";
import type { ExportedStack, Recorded } from "./state";

const KINDS: ReadonlySet<string> = new Set([
  dockerTypes.service,
  dockerTypes.secret,
  dockerTypes.serviceConfig,
]);

/** Whether the text of a state has anything of a swarm, which spares asking for it. */
export function namesSwarm(text: string): boolean {
  return [...KINDS].some((kind) => text.includes(kind));
}

/** Every id of what may be gone, on the swarm of which this machine's own Engine is a manager. */
export async function swarmIds(): Promise<ReadonlySet<string>> {
  const [{ connect }, { viewSwarm }] = await Promise.all([
    import("../../engine/connect"),
    import("../../swarm/engine/swarm"),
  ]);
  // An Engine that does not answer is told of by the run.
  const view = await viewSwarm(connect()).catch(() => undefined);
  const { services = [], secrets = [], configs = [] } = view ?? {};
  return new Set([...services, ...secrets, ...configs].map(({ id }) => id));
}

/**
 * What may be forgotten. The swarm is known by what else of the state stands there: on another one all of it is missing, and that
 * says nothing. What others in the state depend on is not about to be deleted.
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
