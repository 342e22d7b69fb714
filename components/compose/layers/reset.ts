/** What `!reset` and `!override` of a later file do to the files before it. */

import { type Node, type Path, without } from "../source/node";

export function takeAway(root: Node, paths: readonly Path[]): Node {
  // Within a list there is nothing to take away: its items have no names.
  const named = paths.filter((path) => path.every((step) => typeof step === "string"));
  return named.reduce(without, root);
}
