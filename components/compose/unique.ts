/** Of what a list may hold only once, the last one counts: it stands where the first one stood. */

import { get, type Node, toPlain } from "./node";
import { parseVolume } from "./normalise/volumes";
import { Patterns, type Rewrite, rewrite } from "./patterns";
import { asText, plainText } from "./values";

/** What an item is known by; undefined where it has no such thing, and is left alone. */
type KeyOf = (item: Node) => string | undefined;

const text = (node: Node): string => plainText(toPlain(node));

const beforeEquals: KeyOf = (item) =>
  item.kind === "scalar" ? asText(item.value).split("=", 1)[0] : undefined;

const field =
  (name: string): KeyOf =>
  (item) => {
    const value = get(item, name);
    return value === undefined ? undefined : text(value);
  };

const volumeTarget: KeyOf = (item) => {
  if (item.kind !== "scalar") return field("target")(item);
  return typeof item.value === "string" ? parseVolume(item.value)?.target : undefined;
};

const deviceTarget: KeyOf = (item) => {
  if (item.kind !== "scalar") return field("target")(item);
  const [source, target] = asText(item.value).split(":");
  return target ?? source;
};

const mountedAt =
  (folder: string): KeyOf =>
  (item) =>
    item.kind === "scalar"
      ? `${folder}/${asText(item.value)}`
      : (field("target")(item) ?? `${folder}/${field("source")(item) ?? ""}`);

const port: KeyOf = (item) => {
  if (item.kind !== "map") return text(item);
  const target = field("target")(item);
  if (target === undefined) return undefined;
  const published = get(item, "published");
  // A number and the text of it are not taken for the same, as in Compose.
  const host = published === undefined ? "" : JSON.stringify(toPlain(published));
  return `${field("host_ip")(item) ?? "0.0.0.0"}:${host}:${target}/${field("protocol")(item) ?? "tcp"}`;
};

const path: KeyOf = (item) => (item.kind === "scalar" ? text(item) : field("path")(item));

const KEYS: Readonly<Record<string, KeyOf>> = {
  "networks.*.labels": beforeEquals,
  "networks.*.ipam.options": beforeEquals,
  "services.*.annotations": beforeEquals,
  "services.*.build.args": beforeEquals,
  "services.*.build.additional_contexts": beforeEquals,
  "services.*.build.tags": beforeEquals,
  "services.*.build.labels": beforeEquals,
  "services.*.cap_add": beforeEquals,
  "services.*.cap_drop": beforeEquals,
  "services.*.devices": deviceTarget,
  "services.*.configs": mountedAt(""),
  "services.*.deploy.labels": beforeEquals,
  "services.*.dns": beforeEquals,
  "services.*.dns_opt": beforeEquals,
  "services.*.dns_search": beforeEquals,
  "services.*.environment": beforeEquals,
  "services.*.env_file": path,
  "services.*.expose": text,
  "services.*.labels": beforeEquals,
  "services.*.links": beforeEquals,
  "services.*.networks.*.aliases": beforeEquals,
  "services.*.networks.*.link_local_ips": beforeEquals,
  "services.*.ports": port,
  "services.*.profiles": beforeEquals,
  "services.*.secrets": mountedAt("/run/secrets"),
  "services.*.sysctls": beforeEquals,
  "services.*.tmpfs": beforeEquals,
  "services.*.volumes": volumeTarget,
};

const RULES = new Patterns<Rewrite>(
  Object.fromEntries(
    Object.entries(KEYS).map(([pattern, keyOf]) => [pattern, (node) => lastOfEach(node, keyOf)]),
  ),
);

export function keepUnique(root: Node): Node {
  return rewrite(root, RULES) ?? root;
}

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
