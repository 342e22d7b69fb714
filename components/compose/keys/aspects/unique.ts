/** The identity of list items. */

import { get, type Node, toPlain } from "../../source/node";
import { parseVolume } from "../../model/normalise/volumes";
import { asText, plainText } from "../../model/values";

/** Undefined if an item has no identity; it is then kept. */
export type KeyOf = (item: Node) => string | undefined;

export const itself: KeyOf = (item) => plainText(toPlain(item));

export const beforeEquals: KeyOf = (item) =>
  item.kind === "scalar" ? asText(item.value).split("=", 1)[0] : undefined;

const field =
  (name: string): KeyOf =>
  (item) => {
    const value = get(item, name);
    return value === undefined ? undefined : itself(value);
  };

export const volumeTarget: KeyOf = (item) => {
  if (item.kind !== "scalar") return field("target")(item);
  return typeof item.value === "string" ? parseVolume(item.value)?.target : undefined;
};

export const deviceTarget: KeyOf = (item) => {
  if (item.kind !== "scalar") return field("target")(item);
  const [source, target] = asText(item.value).split(":");
  return target ?? source;
};

export const mountedAt =
  (folder: string): KeyOf =>
  (item) =>
    item.kind === "scalar"
      ? `${folder}/${asText(item.value)}`
      : (field("target")(item) ?? `${folder}/${field("source")(item) ?? ""}`);

export const published: KeyOf = (item) => {
  if (item.kind !== "map") return itself(item);
  const target = field("target")(item);
  if (target === undefined) return undefined;
  const port = get(item, "published");
  // As in Compose, a number and its text are different items.
  const host = port === undefined ? "" : JSON.stringify(toPlain(port));
  return `${field("host_ip")(item) ?? "0.0.0.0"}:${host}:${target}/${field("protocol")(item) ?? "tcp"}`;
};

export const itsPath: KeyOf = (item) => (item.kind === "scalar" ? itself(item) : field("path")(item));
