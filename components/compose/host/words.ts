/** The argument of each key of the file; `*` is the same step on both sides. */

import { composeNames } from "../../container/arguments/names";
import type { Path } from "../source/node";
import { swarmWords } from "../swarm/words";

type Words = Readonly<Record<string, string>>;

const image: Words = {
  args: "build.args",
  "args.*": "build.args.*",
  context: "build.context",
  dockerfile: "build.dockerfile",
  extra_hosts: "build.extraHosts",
  network: "build.network",
  secrets: "build.secrets",
  tags: "build.tags",
  dockerfile_inline: "build.dockerfile",
  labels: "build.labels",
  "labels.*": "build.labels.*",
  no_cache: "build.noCache",
  platforms: "build.platform",
  target: "build.target",
};

const network: Words = {
  driver_opts: "options",
  "driver_opts.*": "options.*",
  internal: "internal",
  "ipam.config.*.gateway": "gateway",
  "ipam.config.*.ip_range": "ipRange",
  "ipam.config.*.subnet": "subnet",
  labels: "labels",
  "labels.*": "labels.*",
  name: "name",
};

const volume: Words = {
  driver: "driver",
  driver_opts: "driverOptions",
  "driver_opts.*": "driverOptions.*",
  labels: "labels",
  "labels.*": "labels.*",
  name: "name",
};

export type Kind = "image" | "network" | "service" | "swarm" | "volume";

const WORDS: Readonly<Record<Kind, Words>> = {
  image,
  network,
  service: composeNames,
  swarm: { ...composeNames, ...swarmWords },
  volume,
};

/** The argument of a key, or of the nearest enclosing key; empty if there is none. */
export function argumentOf(kind: Kind, key: Path): Path {
  const pairs = pairsOf(kind);
  for (let length = key.length; length > 0; length -= 1) {
    const found = pairs.find(([from]) => matches(from, key.slice(0, length)));
    if (found !== undefined) return translated(found, key);
  }
  return [];
}

/** The possible keys of an argument, or of what encloses it: the nearest first. */
export function keysOf(kind: Kind, argument: Path): Path[] {
  const pairs = pairsOf(kind);
  return argument.flatMap((_, index) => {
    const outer = argument.slice(0, argument.length - index);
    return pairs.filter(([, to]) => matches(to, outer)).map(([from, to]) => translated([to, from], outer));
  });
}

type Pair = readonly [from: readonly string[], to: readonly string[]];

function pairsOf(kind: Kind): Pair[] {
  return Object.entries(WORDS[kind]).map(([from, to]) => [from.split("."), to.split(".")]);
}

const matches = (pattern: readonly string[], path: Path): boolean =>
  pattern.length === path.length &&
  pattern.every((part, index) => part === "*" || part === String(path[index]));

function translated([from, to]: Pair, path: Path): Path {
  const stars = from.flatMap((part, index) => (part === "*" ? [path[index] ?? ""] : []));
  return to.map((part) => (part === "*" ? (stars.shift() ?? "") : part));
}
