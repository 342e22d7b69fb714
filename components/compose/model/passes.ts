/** The passes of the loader over the tree of a project: each applies one aspect of all keys. */

import type { Findings } from "../source/faults";
import { project } from "../keys/project";
import { tableOf } from "../keys/aspects/table";
import type { KeyOf } from "../keys/aspects/unique";
import { type MapNode, type Node, type Path, toPlain, without } from "../source/node";
import type { Folders } from "../source/paths";
import { type Rewrite, rewrite, visit } from "../source/patterns";

/** The tree without its invalid values; each one is reported as a fault. */
export function checkShape(root: Node, findings: Findings): Node {
  const paths: Path[] = [];
  project.shape(toPlain(root), [], (path, text, ofKey) => {
    findings.faultAt(root, path, text, ofKey);
    paths.push(path);
  });
  // From the end, so that list items keep their index until they are processed.
  return paths.reduceRight<Node>((tree, path) => without(tree, path), root);
}

const LONG = tableOf("long");

/** Converts every short syntax to the long one. */
export const canonical = (root: Node, findings: Findings): Node => rewrite(root, LONG, findings) ?? root;

const UNIQUE = tableOf("unique").map(
  (keyOf): Rewrite =>
    (node) =>
      lastOfEach(node, keyOf),
);

/** Removes duplicate list items: the last one is kept, at the position of the first one. */
export const keepUnique = (root: Node): Node => rewrite(root, UNIQUE) ?? root;

function lastOfEach(node: Node, keyOf: KeyOf): Node {
  if (node.kind !== "list") return node;
  const items: Node[] = [];
  const places = new Map<string, number>();
  for (const item of node.items) {
    const key = keyOf(item);
    const former = key === undefined ? undefined : places.get(key);
    if (former !== undefined) items[former] = item;
    else {
      if (key !== undefined) places.set(key, items.length);
      items.push(item);
    }
  }
  return { ...node, items };
}

const PATHS = tableOf("path");

export const absolutePaths = (root: Node, folders: Folders, findings: Findings): Node =>
  rewrite(root, PATHS, folders, findings) ?? root;

const FILL = tableOf("fill");

/** Adds the defaults that Compose fills in. */
export const withDefaults = (root: MapNode): Node => rewrite(root, FILL) ?? root;

const RULES = tableOf("rule");

/** Rules beyond the shape, checked after all files are merged. */
export function checkRules(root: Node, findings: Findings): void {
  visit(
    root,
    RULES.map((rule) => (node, path) => rule(node, path, findings)),
  );
}
