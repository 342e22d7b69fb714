/** Tables that are keyed by a place in the file: `services.*.ports`. */

import { mapValues, type Node, type Path } from "./node";

/** `*` stands for any key and for any item of a list; beside it no key is named. */
export class Patterns<T> {
  readonly #root = new Branch<T>();

  constructor(table: Readonly<Record<string, T>>) {
    for (const [pattern, value] of Object.entries(table)) {
      let branch = this.#root;
      for (const part of pattern.split(".")) branch = branch.grow(part);
      branch.value ??= value;
    }
  }

  get root(): Below<T> {
    return this.#root;
  }

  at(path: Path): T | undefined {
    let branch: Below<T> | undefined = this.#root;
    for (const step of path) branch = branch?.below(step);
    return branch?.value;
  }
}

/** What a table holds for one place, and for what is below it. */
interface Below<T> {
  readonly value?: T;
  /** Undefined where the table says nothing of anything below: nobody need look there. */
  below(step: Path[number]): Below<T> | undefined;
}

class Branch<T> implements Below<T> {
  value?: T;
  readonly #branches = new Map<string, Branch<T>>();

  grow(part: string): Branch<T> {
    const known = this.#branches.get(part) ?? new Branch<T>();
    this.#branches.set(part, known);
    return known;
  }

  below(step: Path[number]): Branch<T> | undefined {
    return this.#branches.get("*") ?? this.#branches.get(String(step));
  }
}

/** Turns what stands at a place into something else; `descend` goes on with what is below. `undefined` takes it away. */
export type Rewrite = (node: Node, path: Path, descend: (node: Node) => Node) => Node | undefined;

/** The tree with each rule applied at its places. */
export function rewrite(root: Node, rules: Patterns<Rewrite>): Node | undefined {
  return rewritten(root, rules.root, []);
}

function rewritten(node: Node, rules: Below<Rewrite> | undefined, path: Path): Node | undefined {
  if (rules === undefined) return node;
  const descend = (within: Node): Node => rewrittenBelow(within, rules, path);
  return rules.value === undefined ? descend(node) : rules.value(node, path, descend);
}

function rewrittenBelow(node: Node, rules: Below<Rewrite>, path: Path): Node {
  if (node.kind === "map")
    return mapValues(node, (value, key) => rewritten(value, rules.below(key), [...path, key]));
  if (node.kind === "list")
    return {
      ...node,
      items: node.items.flatMap((item, index) => rewritten(item, rules.below(index), [...path, index]) ?? []),
    };
  return node;
}

type Visit = (node: Node, path: Path) => void;

/** Calls what the table holds for each place, from the top down. */
export function visit(root: Node, table: Patterns<Visit>): void {
  visitBelow(root, table.root, []);
}

function visitBelow(node: Node, table: Below<Visit> | undefined, path: Path): void {
  if (table === undefined) return;
  table.value?.(node, path);
  if (node.kind === "map")
    for (const [key, { value }] of node.entries) visitBelow(value, table.below(key), [...path, key]);
  if (node.kind === "list")
    node.items.forEach((item, index) => visitBelow(item, table.below(index), [...path, index]));
}
