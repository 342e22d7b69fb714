/** Keys that are nested in several others. */

import type { Plain } from "../source/node";
import { plainText } from "../model/values";
import { everyDevice } from "./aspects/fill";
import {
  type Aspects,
  type Key,
  always,
  command,
  decoded,
  each,
  flag,
  key,
  leaf,
  listOf,
  mapOf,
  pairs,
  record,
  short,
  text,
  texts,
  type ValueOf,
  variables,
} from "./aspects/key";
import type { Remark } from "./aspects/limit";
import { under } from "./aspects/long";
import * as merging from "./aspects/merging";
import * as read from "./aspects/read";
import { countOrIds } from "./aspects/rule";
import * as shape from "./aspects/shape";

/** A secret or a config of a service or a build. */
export const fileReference = (owner: Aspects = {}, mode: Aspects = {}) =>
  short(
    { text: shape.text },
    record({
      source: text,
      target: text,
      uid: key(text, owner),
      gid: key(text, owner),
      /** Octal, as text. */
      mode: leaf(shape.numeric, read.mode, mode),
    }),
    { long: under("source") },
  );

const limit = (aspects: Aspects) => leaf(shape.whole, read.whole, aspects);

/** A single number sets both limits. */
export function ulimits(each: Aspects = {}) {
  const both = record({ soft: limit(each), hard: limit(each) }, { required: ["soft", "hard"] });
  const one = short({ whole: shape.whole, text: shape.text }, both, { ...each, merge: merging.replace });
  type Ulimit = number | ValueOf<typeof both>;
  return mapOf(
    decoded<Ulimit>(one, (value, path, report) =>
      shape.isMapping(value)
        ? both.decode?.(value, path, report)
        : // A single 0 has no effect, as two have none.
          (read.whole(value, path, report) ?? {}),
    ),
  );
}

const deviceCount: read.Decoder<number> = (value, path, report) =>
  plainText(value).toLowerCase() === "all" ? -1 : read.count(value, path, report) || undefined;

export const deviceRequests = (
  required: readonly string[],
  remarks: Partial<Record<"capabilities" | "count" | "driver" | "options", Remark>> = {},
) =>
  listOf(
    key(
      record(
        {
          capabilities: each(texts, { host: remarks.capabilities }),
          driver: key(text, { host: remarks.driver }),
          /** -1 means all devices. */
          count: leaf(shape.oneOf("whole", "text"), deviceCount, { host: remarks.count }),
          device_ids: texts,
          options: key(pairs, { host: remarks.options }),
        },
        { required },
      ),
      { rule: countOrIds, fill: everyDevice },
    ),
  );

export const hook = record(
  {
    command: always(command, null),
    user: text,
    privileged: flag,
    working_dir: text,
    environment: variables,
  },
  { required: ["command"] },
);

/** `HOST=ADDRESS`, one entry per address. */
export const hosts: Key<readonly string[]> = leaf(
  shape.either({
    map: shape.mapOf(shape.either({ text: shape.text, list: shape.listOf(shape.text) })),
    list: shape.setOf(shape.text),
  }),
  (value, path, report) => {
    const found = hostEntries(value).flatMap(([host, address], index) => {
      if (address !== undefined && host !== "" && !/[:=]/.test(host))
        return [`${host}=${address.replace(/^\[(.+)\]$/, "$1")}`];
      report(
        Array.isArray(value) ? [...path, index] : path,
        'must be HOST=ADDRESS, for example "db=10.0.0.5"',
      );
      return [];
    });
    return found.length === 0 ? undefined : found.sort();
  },
  { merge: merging.hosts },
);

function hostEntries(value: Plain): [string, string | undefined][] {
  if (Array.isArray(value))
    return value.flatMap((item): [string, string | undefined][] => {
      const entry = plainText(item);
      const [host = "", addresses] = entry.split(entry.includes("=") ? /=(.*)/s : /:(.*)/s);
      return addresses === undefined
        ? [[host, undefined]]
        : addresses.split(",").map((each): [string, string] => [host, each]);
    });
  if (!shape.isMapping(value)) return [];
  return Object.entries(value).flatMap(([host, given]) =>
    (Array.isArray(given) ? given : [given]).map((each): [string, string] => [host, plainText(each)]),
  );
}
