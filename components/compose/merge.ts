/** Lays one file over another: mappings are merged, lists are appended, and some keys have a rule of their own. */

import type { Findings } from "./faults";
import { type Entry, isNull, list, map, type MapNode, type Node, type Path, scalar, toPlain } from "./node";
import { Patterns } from "./patterns";
import { plainText } from "./values";

type Rule = (base: Node, over: Node, path: Path, findings: Findings) => Node;

const replace: Rule = (_base, over) => over;

/** Lists of `KEY=VALUE`, and the mappings that say the same: `unique.ts` then keeps the last one of each key. */
const append: Rule = (base, over) => list([...asList(base), ...asList(over)], over.place);

const RULES = new Patterns<Rule>({
  "networks.*.ipam.config": mergePools,
  "networks.*.labels": append,
  "volumes.*.labels": append,
  "services.*.annotations": append,
  "services.*.build": mergeBuild,
  "services.*.build.args": append,
  "services.*.build.additional_contexts": append,
  "services.*.build.extra_hosts": mergeHosts,
  "services.*.build.labels": append,
  "services.*.command": replace,
  "services.*.depends_on": mergeDependencies,
  "services.*.deploy.labels": append,
  "services.*.dns": append,
  "services.*.dns_opt": append,
  "services.*.dns_search": append,
  "services.*.entrypoint": replace,
  "services.*.env_file": append,
  "services.*.label_file": append,
  "services.*.environment": append,
  "services.*.extra_hosts": mergeHosts,
  "services.*.healthcheck.test": replace,
  "services.*.labels": append,
  "services.*.volumes.*.volume.labels": append,
  "services.*.logging": mergeLogging,
  "services.*.models": mergeNames,
  "services.*.networks": mergeNames,
  "services.*.sysctls": append,
  "services.*.tmpfs": append,
  "services.*.ulimits.*": replace,
});

export function merge(base: Node, over: Node, findings: Findings, path: Path = []): Node {
  const rule = RULES.at(path);
  if (rule !== undefined) return rule(base, over, path, findings);
  if (isNull(over)) return base;
  if (base.kind === "scalar") return over;
  if (base.kind === "map" && over.kind === "map") return mergeMaps(base, over, path, findings);
  if (base.kind === "list" && over.kind === "list") return { ...over, items: [...base.items, ...over.items] };
  const kind = base.kind === "map" ? "a mapping" : "a list";
  findings.fault(
    over.place,
    path,
    `must be ${kind}, as in ${base.place.file}:${String(base.place.line)}; write !override before it to replace that`,
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

function mergeBuild(base: Node, over: Node, path: Path, findings: Findings): Node {
  const long = (node: Node): Node =>
    node.kind === "scalar" && typeof node.value === "string" ? map({ context: node }, node.place) : node;
  return mergeIfMaps(long(base), long(over), path, findings);
}

/** The options of one driver mean nothing to another. */
function mergeLogging(base: Node, over: Node, path: Path, findings: Findings): Node {
  if (base.kind !== "map" || over.kind !== "map") return over;
  const [before, after] = [base.entries.get("driver")?.value, over.entries.get("driver")?.value];
  const same =
    before === undefined || after === undefined || plainText(toPlain(before)) === plainText(toPlain(after));
  return same ? mergeMaps(base, over, path, findings) : over;
}

function mergeDependencies(base: Node, over: Node, path: Path, findings: Findings): Node {
  const long = (node: Node): Node =>
    named(node, (item) => map({ condition: "service_started", required: true }, item.place));
  return mergeIfMaps(long(base), long(over), path, findings);
}

function mergeNames(base: Node, over: Node, path: Path, findings: Findings): Node {
  const long = (node: Node): Node => named(node, (item) => scalar(null, item.place));
  return mergeIfMaps(long(base), long(over), path, findings);
}

function mergeIfMaps(base: Node, over: Node, path: Path, findings: Findings): Node {
  if (isNull(over)) return base;
  if (base.kind === "map" && over.kind === "map") return mergeMaps(base, over, path, findings);
  return over;
}

/** A list of names as the mapping it stands for. */
export function named(node: Node, value: (item: Node) => Node): Node {
  if (node.kind !== "list") return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items)
    entries.set(plainText(toPlain(item)), { place: item.place, value: value(item) });
  return { kind: "map", entries, place: node.place };
}

function mergeHosts(base: Node, over: Node): Node {
  const before = asList(base);
  const told = new Set(before.map((item) => plainText(toPlain(item))));
  const more = asList(over).filter((item) => !told.has(plainText(toPlain(item))));
  return list([...before, ...more], over.place);
}

/** Of address pools, those of one subnet are merged. */
function mergePools(base: Node, over: Node, path: Path, findings: Findings): Node {
  if (base.kind !== "list" || over.kind !== "list") return over;
  const subnet = (node: Node): string => {
    const value = node.kind === "map" ? node.entries.get("subnet")?.value : undefined;
    return value === undefined ? "" : plainText(toPlain(value));
  };
  const pools = [...base.items];
  for (const pool of over.items) {
    const at = pools.findIndex((each) => subnet(each) === subnet(pool));
    const former = pools[at];
    if (former === undefined) pools.push(pool);
    else pools[at] = mergeIfMaps(former, pool, path, findings);
  }
  return list(pools, over.place);
}

/** `KEY=VALUE` for each entry of a mapping, by name; a list stays as it is. */
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
