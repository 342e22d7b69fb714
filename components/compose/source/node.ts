/** A Compose file as a tree whose values keep their place in the files, also after merging. */

import type { Filled } from "../variables/filled";

export interface Place {
  /** As the user gave it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** For a mapping from several files: its place in the previous file. */
  readonly over?: Place;
  /** The variables in a value; for a key, those in its value. */
  readonly filled?: Filled;
}

/** A whole number that JavaScript cannot represent exactly is a bigint. */
export type Scalar = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: Scalar;
  readonly place: Place;
  /** The text before interpolation, if it has variables: errors show it instead of a value that can be secret. */
  readonly written?: string;
}

export interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly place: Place;
}

export interface Entry {
  /** The place of the key. */
  readonly place: Place;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

export type Node = ScalarNode | ListNode | MapNode;

/** The path of a value within the file: keys, and indexes of list items. */
export type Path = readonly (string | number)[];

export const scalar = (value: Scalar, place: Place): ScalarNode => ({ kind: "scalar", value, place });

export const list = (items: readonly Node[], place: Place): ListNode => ({ kind: "list", items, place });

/** A mapping whose entries all have the same place: the long form of a short syntax. */
export function map(values: Readonly<Record<string, Node | Scalar | undefined>>, place: Place): MapNode {
  const entries = new Map<string, Entry>();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    entries.set(key, {
      place,
      value: typeof value === "object" && value !== null ? value : scalar(value, place),
    });
  }
  return { kind: "map", entries, place };
}

export function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** The text of a scalar, if it is text. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** The value of a key of a mapping. */
export function get(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** The mapping with one key set, or removed by `undefined`. */
export function withKey(node: MapNode, key: string, value: Node | undefined): MapNode {
  const entries = new Map(node.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, { place: entries.get(key)?.place ?? value.place, value });
  return { ...node, entries };
}

/** The mapping with each value replaced; `undefined` removes the key. */
export function mapValues(node: MapNode, change: (value: Node, key: string) => Node | undefined): MapNode {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const value = change(entry.value, key);
    if (value !== undefined) entries.set(key, value === entry.value ? entry : { place: entry.place, value });
  }
  return { ...node, entries };
}

/** The place for an error about this path: that of the key, or of the nearest existing parent. */
export function locate(root: Node, path: Path): { place: Place; node: Node | undefined } {
  let place = root.place;
  let node: Node | undefined = root;
  for (const step of path) {
    if (node.kind === "map") {
      const entry: Entry | undefined = node.entries.get(String(step));
      if (entry === undefined) return { place, node: undefined };
      place = entry.place;
      node = entry.value;
    } else if (node.kind === "list" && typeof step === "number") {
      const item: Node | undefined = node.items[step];
      if (item === undefined) return { place, node: undefined };
      place = item.place;
      node = item;
    } else return { place, node: undefined };
  }
  return { place, node };
}

/** The tree without the value at a path. */
export function without(node: Node, path: Path): Node {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  if (node.kind === "map") {
    const entry = node.entries.get(String(step));
    if (entry === undefined) return node;
    return withKey(node, String(step), rest.length === 0 ? undefined : without(entry.value, rest));
  }
  if (node.kind === "list" && typeof step === "number") {
    const items = node.items.flatMap((item, index) => {
      if (index !== step) return [item];
      return rest.length === 0 ? [] : [without(item, rest)];
    });
    return { ...node, items };
  }
  return node;
}

/** Plain data. */
export type Plain = Scalar | Plain[] | { [key: string]: Plain };

const USUAL = { enumerable: true, writable: true, configurable: true };

export function toPlain(node: Node): Plain {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(toPlain);
  const plain: Record<string, Plain> = {};
  for (const [key, { value }] of node.entries) {
    const member = toPlain(value);
    // A key named __proto__ is a key like any other.
    if (key === "__proto__") Object.defineProperty(plain, key, { ...USUAL, value: member });
    else plain[key] = member;
  }
  return plain;
}

/** True if two trees have the same values, regardless of their places. */
export function sameValue(one: Node, other: Node): boolean {
  if (one.kind === "scalar") return other.kind === "scalar" && one.value === other.value;
  if (one.kind === "list")
    return (
      other.kind === "list" &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => sameValue(item, other.items[index] ?? item))
    );
  if (other.kind !== "map" || one.entries.size !== other.entries.size) return false;
  return [...one.entries].every(([key, { value }]) => {
    const counterpart = other.entries.get(key);
    return counterpart !== undefined && sameValue(value, counterpart.value);
  });
}
