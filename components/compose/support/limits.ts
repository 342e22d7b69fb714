/**
 * The keys that cannot be honoured, on a plain Docker host and on a Swarm: each with its reason and a way out. A key that
 * is not here is honoured; none is dropped in silence. docs/compose.md and docs/swarm.md hold the same lists.
 */

import type { Key } from "../keys/aspects/key";
import { type Limit, NO_INPUT, NOT_HERE, type Remark } from "../keys/aspects/limit";
import { keys } from "../keys/aspects/table";

type Remarks = Remark | readonly Remark[];

const limitsOf = (remarksOf: (key: Key) => Remarks): readonly Limit[] =>
  keys.flatMap(([key, entry]) => [remarksOf(entry)].flat().map((remark) => ({ key, ...remark })));

export const hostLimits = limitsOf(({ host = [] }) => host);

/** Most of them are those of a plain host. */
export const swarmLimits = limitsOf(({ host = [], swarm }) => {
  if (swarm !== undefined) return swarm === "honoured" ? [] : swarm;
  // A service is told to the Engine itself.
  return [host].flat().map((remark) => ({ ...remark, why: remark.why.replace(NO_INPUT, NOT_HERE) }));
});
