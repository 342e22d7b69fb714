/** Converts short syntaxes into long ones, so that later steps only handle one form. */

import { type Findings, shown } from "../../source/faults";
import {
  type Entry,
  get,
  list,
  map,
  type MapNode,
  type Node,
  type Path,
  type Scalar,
  scalar,
  textOf,
  toPlain,
  withKey,
} from "../../source/node";
import { longPort, parsePorts } from "../../model/normalise/ports";
import { longVolume, parseVolume } from "../../model/normalise/volumes";
import type { Rewrite } from "../../source/patterns";
import { asText, plainText } from "../../model/values";
import { fill } from "./fill";
import { named } from "./merging";

/** A text as a mapping with that one key and the defaults of the mapping. */
export const under = (key: string, defaults: Readonly<Record<string, Scalar>> = {}): Rewrite => {
  const filled = fill(() => defaults);
  return (node, path) => filled(textOf(node) === undefined ? node : map({ [key]: node }, node.place), path);
};

export const names: Rewrite = (node) => named(node, (item) => scalar(null, item.place));

/** `all` devices. */
export const everyDevice: Rewrite = (node) =>
  node.kind === "scalar" ? list([map({ count: "all" }, node.place)], node.place) : node;

export const spelledOut: Rewrite = (node) => scalar(plainText(toPlain(node)), node.place);

export function oneOrMany(node: Node): Node {
  return node.kind === "scalar" && typeof node.value === "string" ? list([node], node.place) : node;
}

/** One or several items as a list, without empty ones. */
export function filled(given: Node): Node {
  const node = oneOrMany(given);
  if (node.kind !== "list") return node;
  return { ...node, items: node.items.filter((item) => item.kind !== "scalar" || asText(item.value) !== "") };
}

export const dependencies: Rewrite = (node) => named(node, (item) => map({}, item.place));

/** A list of `NAME=VALUE` as a mapping; `fault` returns the fault of an invalid item. */
const pairs =
  (fault: (name: string, value: string | undefined, item: Node) => string | undefined): Rewrite<[Findings]> =>
  (node, path, findings) => {
    if (node.kind !== "list") return node;
    const entries = new Map<string, Entry>();
    node.items.forEach((item, index) => {
      const [name = "", value] = (textOf(item) ?? "").split(/=(.*)/s);
      const wrong = fault(name, value, item);
      if (wrong !== undefined) findings.fault(item.place, [...path, index], wrong);
      else entries.set(name, { place: item.place, value: scalar(value ?? null, item.place) });
    });
    return { kind: "map", entries, place: node.place };
  };

export const contexts = pairs((_, source) => (source === undefined ? "must be NAME=CONTEXT" : undefined));

export const sshKeys = pairs((id, file, item) =>
  file === undefined && id !== "default" ? `must be "default" or ID=PATH, got ${shown(item)}` : undefined,
);

export function volume(node: Node, path: Path, findings: Findings): Node | undefined {
  const text = textOf(node);
  if (text === undefined) return node;
  const short = parseVolume(text);
  if (short === undefined) {
    findings.fault(
      node.place,
      path,
      `must be [SOURCE:]TARGET[:OPTIONS], for example "data:/var/lib/data:ro", got ${shown(node)}`,
    );
    return undefined;
  }
  if (short.source === undefined && /^\p{L}:/u.test(short.target))
    findings.warn(
      node.place,
      path,
      `a single letter before the colon is a Windows drive: this is a volume without a name at "${short.target}"; give the volume a longer name`,
    );
  return longVolume(short, node.place);
}

export function device(node: Node, path: Path, findings: Findings): Node | undefined {
  const text = textOf(node);
  if (text === undefined) return node;
  const [source = "", target, permissions, ...more] = text.split(":");
  if (more.length > 0) {
    findings.fault(
      node.place,
      path,
      `must be SOURCE[:TARGET[:PERMISSIONS]], got ${shown(node)}; the long form takes names with colons`,
    );
    return undefined;
  }
  return map(
    {
      source,
      target: target === undefined || target === "" ? source : target,
      permissions: permissions ?? "rwm",
    },
    node.place,
  );
}

export function ports(node: Node, path: Path, findings: Findings): Node {
  if (node.kind !== "list") return node;
  const items = node.items.flatMap((item, index) => {
    if (item.kind !== "scalar") return [item];
    const text = asText(item.value);
    const parsed = parsePorts(text);
    if (typeof parsed !== "string") return parsed.map((port) => longPort(port, item.place));
    findings.fault(
      item.place,
      [...path, index],
      `${shown(item)} ${parsed}; write [[IP:]HOST:]CONTAINER[/PROTOCOL], for example "127.0.0.1:8080:80"`,
    );
    return [];
  });
  return { ...node, items };
}

/** `external: { name: x }` of older files is `external: true` with a separate name. */
export function external(node: Node, path: Path, findings: Findings): Node {
  const given = get(node, "external");
  if (node.kind !== "map" || given?.kind !== "map") return node;
  const flagged = withKey(node, "external", scalar(true, given.place));
  const name = get(given, "name");
  if (name === undefined) return flagged;
  findings.warn(
    given.place,
    [...path, "external", "name"],
    "is obsolete; write external: true with a separate name",
  );
  return adopted(flagged, name, path, findings);
}

function adopted(node: MapNode, name: Node, path: Path, findings: Findings): Node {
  const own = get(node, "name");
  if (own === undefined) return withKey(node, "name", name);
  if (textOf(own) !== textOf(name))
    findings.fault(name.place, [...path, "external", "name"], `differs from name: ${shown(own)}; keep one`);
  return node;
}
