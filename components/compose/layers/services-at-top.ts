/** Files of the first Compose version have their services at the top level. */

import { stringify } from "yaml";

import { type MapNode, type Node, type Plain, toPlain } from "../source/node";

const SECTIONS = [
  "version",
  "name",
  "include",
  "services",
  "models",
  "networks",
  "volumes",
  "secrets",
  "configs",
];

export function hasServicesAtTop(root: MapNode): boolean {
  return !root.entries.has("services") && servicesOf(root).length > 0;
}

function servicesOf(root: MapNode): string[] {
  return [...root.entries]
    .filter(([key, { value }]) => !SECTIONS.includes(key) && !key.startsWith("x-") && isService(value))
    .map(([key]) => key);
}

function isService(node: Node): boolean {
  return node.kind === "map" && (node.entries.has("image") || node.entries.has("build"));
}

/** The message, with the corrected file. Possible secrets are omitted. */
export function servicesAtTop(root: MapNode): string {
  const names = servicesOf(root);
  const services: Record<string, Plain> = {};
  const rest: Record<string, Plain> = {};
  for (const [key, { value }] of root.entries) {
    if (names.includes(key)) services[key] = masked(value);
    else if (key !== "version") rest[key] = masked(value);
  }
  const corrected = stringify({ services, ...rest })
    .trimEnd()
    .replace(/^/gm, "    ");
  const which = names.length === 1 ? `${names[0] ?? ""} is` : `${names.join(", ")} are`;
  return `${which} at the top level and belong${names.length === 1 ? "s" : ""} under services; the file should be\n${corrected}`;
}

/** Values of variables are not shown. */
function masked(node: Node): Plain {
  if (node.kind !== "map") return toPlain(node);
  const plain: Record<string, Plain> = {};
  for (const [key, { value }] of node.entries)
    plain[key] = ["environment", "args", "secrets", "content"].includes(key)
      ? maskedValues(value)
      : masked(value);
  return plain;
}

function maskedValues(node: Node): Plain {
  if (node.kind === "scalar") return "...";
  if (node.kind === "list")
    return node.items.map((item) =>
      item.kind === "scalar" ? String(item.value).replace(/=.*/s, "=...") : maskedValues(item),
    );
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, maskedValues(value)]));
}
