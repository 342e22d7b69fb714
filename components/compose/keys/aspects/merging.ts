/** The merge rules of keys that differ from the default. */

import { type Entry, isNull, list, map, type MapNode, type Node, scalar, toPlain } from "../../source/node";
import { plainText } from "../../model/values";

/** `maps` merges two mappings key by key. */
export type Merge = (base: Node, over: Node, maps: (base: MapNode, over: MapNode) => MapNode) => Node;

export const replace: Merge = (_base, over) => over;

/** Lists of `KEY=VALUE`, and the equivalent mappings; duplicates are removed later, and the last one is kept. */
export const append: Merge = (base, over) => list([...asList(base), ...asList(over)], over.place);

/** Both in the long form. */
const as =
  (long: (node: Node) => Node): Merge =>
  (base, over, maps) =>
    ifMaps(long(base), long(over), maps);

export const builds = as((node) =>
  node.kind === "scalar" && typeof node.value === "string" ? map({ context: node }, node.place) : node,
);

export const dependencies = as((node) =>
  named(node, (item) => map({ condition: "service_started", required: true }, item.place)),
);

export const names = as((node) => named(node, (item) => scalar(null, item.place)));

/** The options of one driver do not apply to another. */
export const logging: Merge = (base, over, maps) => {
  if (base.kind !== "map" || over.kind !== "map") return over;
  const [before, after] = [base, over].map(({ entries }) => entries.get("driver")?.value);
  const same =
    before === undefined || after === undefined || plainText(toPlain(before)) === plainText(toPlain(after));
  return same ? maps(base, over) : over;
};

export const hosts: Merge = (base, over) => {
  const before = asList(base);
  const told = new Set(before.map((item) => plainText(toPlain(item))));
  const more = asList(over).filter((item) => !told.has(plainText(toPlain(item))));
  return list([...before, ...more], over.place);
};

/** Address pools with the same subnet are merged. */
export const pools: Merge = (base, over, maps) => {
  if (base.kind !== "list" || over.kind !== "list") return over;
  const subnet = (node: Node): string => {
    const value = node.kind === "map" ? node.entries.get("subnet")?.value : undefined;
    return value === undefined ? "" : plainText(toPlain(value));
  };
  const merged = [...base.items];
  for (const pool of over.items) {
    const at = merged.findIndex((each) => subnet(each) === subnet(pool));
    const former = merged[at];
    if (former === undefined) merged.push(pool);
    else merged[at] = ifMaps(former, pool, maps);
  }
  return list(merged, over.place);
};

function ifMaps(base: Node, over: Node, maps: Parameters<Merge>[2]): Node {
  if (isNull(over)) return base;
  return base.kind === "map" && over.kind === "map" ? maps(base, over) : over;
}

/** A list of names as the equivalent mapping. */
export function named(node: Node, value: (item: Node) => Node): Node {
  if (node.kind !== "list") return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items)
    entries.set(plainText(toPlain(item)), { place: item.place, value: value(item) });
  return { kind: "map", entries, place: node.place };
}

/** `KEY=VALUE` for each entry of a mapping, by name; a list is unchanged. */
function asList(node: Node): readonly Node[] {
  if (node.kind === "list") return node.items;
  if (node.kind === "scalar") return typeof node.value === "string" ? [node] : [];
  return [...node.entries]
    .flatMap(([key, { value, place }]) => {
      if (value.kind === "list")
        return value.items.map((item) => scalar(`${key}=${plainText(toPlain(item))}`, place));
      if (isNull(value)) return [scalar(key, place)];
      const text = scalar(`${key}=${plainText(toPlain(value))}`, place);
      return [
        value.kind === "scalar" && value.written !== undefined
          ? { ...text, written: `${key}=${value.written}` }
          : text,
      ];
    })
    .sort((one, other) => (String(one.value) < String(other.value) ? -1 : 1));
}
