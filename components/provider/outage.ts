/** The effect of a replacement on the users of a container, from its provider inputs. */

import { nameList } from "../core/text/message";
import type { Bag } from "../core/untyped";
import { STOP_GRACE_SECONDS, type UpdateOrder } from "../container/update";
import { onlyOne } from "../container/replacement-order";
import { readContainer } from "./container";

/**
 * Why the old container stops before the new one starts, as a clause; undefined if the new one starts first.
 *
 * @param order undefined if it is not known
 */
export function stopsFirst(inputs: Bag, order: UpdateOrder | undefined): string | undefined {
  if (order === "start-first") return undefined;
  const { ports, mounts, networkMode, attachments } = readContainer(inputs);
  const held = ports.flatMap(({ host }) => host ?? []);
  const written = mounts.filter(({ kind, readOnly }) => kind !== "tmpfs" && !readOnly);
  const why = [
    ...(held.length > 0 ? [`${onlyOne.hostPort} (${held.join(", ")})`] : []),
    ...(networkMode === "host" ? [onlyOne.hostNetwork] : []),
    ...(attachments.some(({ address }) => address !== undefined) ? [onlyOne.address] : []),
    ...(written.length > 0 ? [`${onlyOne.data} (${nameList(written.map(({ path }) => path))})`] : []),
  ];
  if (why.length > 0) return `the old one stops first, because ${why.join(" and ")}`;
  return order === undefined
    ? "the old one stops first"
    : "the old one stops first, because of its update or its fixed name";
}

/**
 * How long nothing runs if the old container stops before the new one is ready. Both times are limits; the usual gap is a second
 * or two longer than the program takes to stop and to start.
 */
export function gap(before: Bag, after: Bag, between?: string): string {
  return `nothing runs until ${gapEnd(before, after, between)}`;
}

/** When such a gap ends, with both time limits. @param between an additional step, such as `the network is replaced` */
export function gapEnd(before: Bag, after: Bag, between?: string): string {
  const stop = String(readContainer(before).stopGraceSeconds ?? STOP_GRACE_SECONDS);
  const ready = readContainer(after).healthyWithin;
  const end =
    ready === undefined ? "the new one runs" : `the new one is healthy (at most ${String(ready)} s)`;
  const then = between === undefined ? " and" : `, ${between} and`;
  return `it has stopped (at most ${stop} s)${then} ${end}`;
}
