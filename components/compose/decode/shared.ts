/** Parts that several keys have in common. */

import type { DeviceRequest, FileReference, Hook, Ulimit } from "../model-parts";
import type { Plain } from "../node";
import { plainText } from "../values";
import {
  command,
  count,
  type Decoder,
  flag,
  isMapping,
  mapOf,
  mode,
  otherwise,
  pairs,
  record,
  text,
  texts,
  variables,
  whole,
} from "./leaf";

export const fileReference = record<FileReference>({
  source: text,
  target: text,
  uid: text,
  gid: text,
  mode,
});

export const ulimits = mapOf<Ulimit>((value, path, report) =>
  isMapping(value)
    ? record<Exclude<Ulimit, number>>({ soft: whole, hard: whole })(value, path, report)
    : // One number of nought says as little as two of them.
      (whole(value, path, report) ?? {}),
);

const deviceCount: Decoder<number> = (value, path, report) =>
  plainText(value).toLowerCase() === "all" ? -1 : count(value, path, report) || undefined;

export const deviceRequest = record<DeviceRequest>({
  capabilities: texts,
  driver: text,
  count: deviceCount,
  device_ids: texts,
  options: pairs,
});

export const hook: Decoder<Hook> = (value, path, report) => {
  const rest = record<Omit<Hook, "command">>({
    user: text,
    privileged: flag,
    working_dir: text,
    environment: variables,
  })(value, path, report);
  const given = isMapping(value) ? value["command"] : undefined;
  return {
    command: otherwise<readonly string[] | null>(command, null)(given, [...path, "command"], report),
    ...rest,
  };
};

/** `HOST=ADDRESS`, one for each address. */
export const hosts: Decoder<readonly string[]> = (value, path, report) => {
  const found = hostEntries(value).flatMap(([host, address], index) => {
    if (address !== undefined && host !== "" && !/[:=]/.test(host))
      return [`${host}=${address.replace(/^\[(.+)\]$/, "$1")}`];
    report(Array.isArray(value) ? [...path, index] : path, 'must be HOST=ADDRESS, for example "db=10.0.0.5"');
    return [];
  });
  return found.length === 0 ? undefined : found.sort();
};

function hostEntries(value: Plain): [string, string | undefined][] {
  if (Array.isArray(value))
    return value.flatMap((item): [string, string | undefined][] => {
      const entry = plainText(item);
      const [host = "", addresses] = entry.split(entry.includes("=") ? /=(.*)/s : /:(.*)/s);
      return addresses === undefined
        ? [[host, undefined]]
        : addresses.split(",").map((each): [string, string] => [host, each]);
    });
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([host, given]) =>
    (Array.isArray(given) ? given : [given]).map((each): [string, string] => [host, plainText(each)]),
  );
}
