/** Tables by place in the file: `services.*.ports`. */

import { mapValues, type Node, type Path } from "./node";

/** `*` matches any key and any list item; a level with `*` has no other key. */
export class Patterns<T> {
  readonly #root = new Branch<T>();

  constructor(table: Readonly<Record<string, T>>) {
    for (const [pattern, value] of Object.entries(table)) {
      let branch = this.#root;
      for (const part of pattern.split(".")) branch = branch.grow(part);
      branch.value ??= value;
    }
  }

  /** The table with its values mapped. */
  map<U>(change: (value: T) => U): Patterns<U> {
    const mapped = new Patterns<U>({});
    this.#root.copyTo(mapped.#root, change);
    return mapped;
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

/** The entry of a table for one place, and the entries below. */
interface Below<T> {
  readonly value?: T;
  /** Undefined if the table has no entry below. */
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

  copyTo<U>(other: Branch<U>, change: (value: T) => U): void {
    if (this.value !== undefined) other.value = change(this.value);
    for (const [part, branch] of this.#branches) branch.copyTo(other.grow(part), change);
  }

  below(step: Path[number]): Branch<T> | undefined {
    return this.#branches.get("*") ?? this.#branches.get(String(step));
  }
}

/** Transforms the value at a place, before the values below it. `undefined` removes it. */
export type Rewrite<Args extends readonly unknown[] = readonly []> = (
  node: Node,
  path: Path,
  ...args: Args
) => Node | undefined;

/** The tree with each rule applied at its places. */
export function rewrite<Args extends readonly unknown[]>(
  root: Node,
  rules: Patterns<Rewrite<Args>>,
  ...args: Args
): Node | undefined {
  return rewritten(root, rules.root, [], args);
}

function rewritten<Args extends readonly unknown[]>(
  given: Node,
  rules: Below<Rewrite<Args>> | undefined,
  path: Path,
  args: Args,
): Node | undefined {
  if (rules === undefined) return given;
  const node = rules.value === undefined ? given : rules.value(given, path, ...args);
  const inner = (value: Node, step: string | number): Node | undefined =>
    rewritten(value, rules.below(step), [...path, step], args);
  if (node?.kind === "map") return mapValues(node, inner);
  if (node?.kind === "list")
    return { ...node, items: node.items.flatMap((item, index) => inner(item, index) ?? []) };
  return node;
}

type Visit = (node: Node, path: Path) => void;

/** Calls the entry of the table at each place, from the top down. */
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
