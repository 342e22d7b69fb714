/**
 * The keys that dockwright cannot honour on a plain Docker host: each with its reason and a way out. A key that is not
 * here is honoured; none is dropped in silence. docs/compose.md holds the same list, and a test holds them equal.
 */

import type { Limit } from "./support/limit";
import { refused } from "./support/refused";
import { warned } from "./support/warned";

export const hostLimits: readonly Limit[] = [...refused, ...warned];
