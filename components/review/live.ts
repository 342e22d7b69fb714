/** Facts from a running Engine for a review: owner, users and size of data. */

import { readVolume } from "../provider/objects";
import { byteText } from "../core/text/bytes";
import type { LiveVolume } from "../volume/live";
import { types } from "./plan";
import type { Preview } from "./read";

export interface LiveFacts {
  readonly volumes: readonly LiveVolume[];
}

/** The removed volumes, by their host names. */
export function volumesThatGo({ steps }: Preview): string[] {
  return steps
    .filter(
      ({ type, operation }) => type === types.volume && (operation === "delete" || operation === "replace"),
    )
    .flatMap(({ before }) => readVolume(before?.inputs ?? {}).name ?? []);
}

/** The added volumes, by their host names: Docker reuses an existing volume of that name, with its data. */
export function volumesThatCome({ steps }: Preview): string[] {
  return steps
    .filter(({ type, operation }) => type === types.volume && operation === "create")
    .flatMap(({ after }) => readVolume(after?.inputs ?? {}).name ?? []);
}

/** `created by an unknown owner on 2026-01-31T12:00:00Z`; undefined if the host has no volume of that name. */
export function makerText(live: LiveFacts | undefined, volume: string | undefined): string | undefined {
  const found = live?.volumes.find(({ name }) => name === volume);
  if (found === undefined) return undefined;
  return `created by ${found.maker ?? "an unknown owner"}${found.createdAt === undefined ? "" : ` on ${found.createdAt}`}`;
}

/** `it holds 12.3 MB and is mounted by shop-prod-db`; empty if unknown. */
export function liveText(live: LiveFacts | undefined, volume: string): string {
  const found = live?.volumes.find(({ name }) => name === volume);
  if (found === undefined) return "";
  const size = found.bytes === undefined ? [] : [`it holds ${byteText(found.bytes)}`];
  const users = found.mountedBy.length > 0 ? `is mounted by ${found.mountedBy.join(", ")}` : "is not mounted";
  return [...size, size.length > 0 ? users : `it ${users}`].join(" and ");
}
