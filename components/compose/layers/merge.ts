/** Merges one file over another: mappings are merged, lists are appended, and some keys have their own rule. */

import type { Findings } from "../source/faults";
import { tableOf } from "../keys/aspects/table";
import { type Entry, isNull, type MapNode, type Node, type Path } from "../source/node";

const RULES = tableOf("merge");

export function merge(base: Node, over: Node, findings: Findings, path: Path = []): Node {
  const rule = RULES.at(path);
  if (rule !== undefined) return rule(base, over, (one, other) => mergeMaps(one, other, path, findings));
  if (isNull(over)) return base;
  if (base.kind === "scalar") return over;
  if (base.kind === "map" && over.kind === "map") return mergeMaps(base, over, path, findings);
  if (base.kind === "list" && over.kind === "list") return { ...over, items: [...base.items, ...over.items] };
  const kind = base.kind === "map" ? "a mapping" : "a list";
  findings.fault(
    over.place,
    path,
    `must be ${kind}, as in ${base.place.file}:${String(base.place.line)}; write !override before it to replace it`,
  );
  return base;
}

function mergeMaps(base: MapNode, over: MapNode, path: Path, findings: Findings): MapNode {
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const former = entries.get(key);
    if (former === undefined) {
      entries.set(key, entry);
      continue;
    }
    const value = merge(former.value, entry.value, findings, [...path, key]);
    const place = value.kind === "map" ? { ...entry.place, over: former.place } : entry.place;
    entries.set(key, { place, value });
  }
  return { kind: "map", entries, place: over.place };
}
