/**
 * The unsupported keys on a plain Docker host and on a Swarm, each with its reason and an alternative. All other
 * keys are supported; none is dropped silently. docs/compose.md and docs/swarm.md contain the same lists.
 */

import type { Key } from "../keys/aspects/key";
import { type Limit, NO_INPUT, NOT_HERE, type Remark } from "../keys/aspects/limit";
import { keys } from "../keys/aspects/table";

type Remarks = Remark | readonly Remark[];

const limitsOf = (remarksOf: (key: Key) => Remarks): readonly Limit[] =>
  keys.flatMap(([key, entry]) => [remarksOf(entry)].flat().map((remark) => ({ key, ...remark })));

export const hostLimits = limitsOf(({ host = [] }) => host);

/** Most are the same as on a plain host. */
export const swarmLimits = limitsOf(({ host = [], swarm }) => {
  if (swarm !== undefined) return swarm === "supported" ? [] : swarm;
  // A service is sent directly to the Engine.
  return [host].flat().map((remark) => ({ ...remark, why: remark.why.replace(NO_INPUT, NOT_HERE) }));
});
