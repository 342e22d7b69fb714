/** Turns every short syntax into the long one, so that later steps know one form of each. */

import { type Findings, shown } from "./faults";
import {
  type Entry,
  get,
  list,
  map,
  type MapNode,
  mapValues,
  type Node,
  type Path,
  scalar,
  textOf,
  toPlain,
  withKey,
} from "./node";
import { named } from "./merge";
import { longPort, parsePorts } from "./normalise/ports";
import { longVolume, parseVolume } from "./normalise/volumes";
import { Patterns, type Rewrite, rewrite } from "./patterns";
import { asText, plainText } from "./values";

export function canonical(root: Node, findings: Findings): Node {
  return rewrite(root, rules(findings)) ?? root;
}

function rules(findings: Findings): Patterns<Rewrite> {
  return new Patterns<Rewrite>({
    "services.*.build": (node, _path, descend) =>
      textOf(node) === undefined ? descend(node) : map({ context: node }, node.place),
    "services.*.build.secrets.*": fileReference,
    "services.*.build.provenance": spelledOut,
    "services.*.build.sbom": spelledOut,
    "services.*.build.additional_contexts": (node, path) => contexts(node, path, findings),
    "services.*.build.ssh": (node, path) => sshKeys(node, path, findings),
    "services.*.depends_on": dependencies,
    "services.*.env_file": (node) => envFiles(node),
    "services.*.label_file": oneOrMany,
    "services.*.gpus": (node, _path, descend) =>
      node.kind === "scalar" ? list([map({ count: "all" }, node.place)], node.place) : descend(node),
    "services.*.networks": (node) => named(node, (item) => scalar(null, item.place)),
    "services.*.models": (node) => named(node, (item) => scalar(null, item.place)),
    "services.*.volumes.*": (node, path) => volume(node, path, findings),
    "services.*.dns": (node) => withoutEmpty(oneOrMany(node)),
    "services.*.devices.*": (node, path) => device(node, path, findings),
    "services.*.secrets.*": fileReference,
    "services.*.configs.*": fileReference,
    "services.*.ports": (node, path) => ports(node, path, findings),
    "services.*.develop.watch.*.ignore": oneOrMany,
    "services.*.develop.watch.*.include": oneOrMany,
    "volumes.*": (node, path) => external(node, path, findings),
    "networks.*": (node, path) => external(node, path, findings),
    "secrets.*": (node, path) => external(node, path, findings),
    "configs.*": (node, path) => external(node, path, findings),
  });
}

const fileReference: Rewrite = (node) =>
  textOf(node) === undefined ? node : map({ source: node }, node.place);

const spelledOut: Rewrite = (node) => scalar(plainText(toPlain(node)), node.place);

function oneOrMany(node: Node): Node {
  return node.kind === "scalar" && typeof node.value === "string" ? list([node], node.place) : node;
}

function withoutEmpty(node: Node): Node {
  if (node.kind !== "list") return node;
  return { ...node, items: node.items.filter((item) => item.kind !== "scalar" || asText(item.value) !== "") };
}

const dependencies: Rewrite = (node) => {
  const long = named(node, (item) => map({}, item.place));
  if (long.kind !== "map") return long;
  return mapValues(long, (value) => {
    if (value.kind !== "map") return value;
    const conditioned = value.entries.has("condition")
      ? value
      : withKey(value, "condition", scalar("service_started", value.place));
    return conditioned.entries.has("required")
      ? conditioned
      : withKey(conditioned, "required", scalar(true, value.place));
  });
};

function envFiles(node: Node): Node {
  const files = oneOrMany(node);
  if (files.kind !== "list") return files;
  const items = files.items.map((item) => {
    if (item.kind === "scalar") return map({ path: item, required: true }, item.place);
    return item.kind === "map" && !item.entries.has("required")
      ? withKey(item, "required", scalar(true, item.place))
      : item;
  });
  return { ...files, items };
}

function contexts(node: Node, path: Path, findings: Findings): Node {
  if (node.kind !== "list") return node;
  const entries = new Map<string, Entry>();
  node.items.forEach((item, index) => {
    const [name = "", source] = (textOf(item) ?? "").split(/=(.*)/s);
    if (source === undefined) findings.fault(item.place, [...path, index], "must be NAME=CONTEXT");
    else entries.set(name, { place: item.place, value: scalar(source, item.place) });
  });
  return { kind: "map", entries, place: node.place };
}

function sshKeys(node: Node, path: Path, findings: Findings): Node {
  if (node.kind !== "list") return node;
  const entries = new Map<string, Entry>();
  node.items.forEach((item, index) => {
    const [id = "", file] = (textOf(item) ?? "").split(/=(.*)/s);
    if (file === undefined && id !== "default")
      findings.fault(item.place, [...path, index], `must be "default" or ID=PATH, got ${shown(item)}`);
    else entries.set(id, { place: item.place, value: scalar(file ?? null, item.place) });
  });
  return { kind: "map", entries, place: node.place };
}

function volume(node: Node, path: Path, findings: Findings): Node | undefined {
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
      `a single letter before the colon is a drive of Windows: this is a volume without a name at "${short.target}"; give the volume a longer name`,
    );
  return longVolume(short, node.place);
}

function device(node: Node, path: Path, findings: Findings): Node | undefined {
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

function ports(node: Node, path: Path, findings: Findings): Node {
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

/** `external: { name: x }` of old files is `external: true` with the name beside it. */
function external(node: Node, path: Path, findings: Findings): Node {
  const given = get(node, "external");
  if (node.kind !== "map" || given?.kind !== "map") return node;
  const flagged = withKey(node, "external", scalar(true, given.place));
  const name = get(given, "name");
  if (name === undefined) return flagged;
  findings.warn(
    given.place,
    [...path, "external", "name"],
    "is of old; write external: true and name beside it",
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
