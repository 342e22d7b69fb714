/** Applies `!reset` and `!override` of a later file to the previous files. */

import { type Node, type Path, without } from "../source/node";

export function takeAway(root: Node, paths: readonly Path[]): Node {
  // List items have no names, so they cannot be removed.
  const named = paths.filter((path) => path.every((step) => typeof step === "string"));
  return named.reduce(without, root);
}
