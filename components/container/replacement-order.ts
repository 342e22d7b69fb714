/** The replacement order: the requested one, and the reasons against running two containers at once. */

import { type Fault, formatPath } from "../core/text/message";
import type { ContainerArgs } from "./args";
import { attachmentsOf } from "./attachment";
import type { UpdateOrder } from "./update";

/** The requested order, otherwise start-first if two containers can run at once. */
export function updateOf(args: ContainerArgs): UpdateOrder {
  return args.update ?? (stopFirstReasons(args).length === 0 ? "start-first" : "stop-first");
}

export function updateFaults(args: ContainerArgs): Fault[] {
  if (args.update !== "start-first") return [];
  return stopFirstReasons(args).map(({ path, why }) => ({
    path: "update",
    text: `cannot be "start-first" with ${path}: ${why}; write "stop-first", or remove ${path}`,
  }));
}

/** What two containers cannot share, as text. */
export const onlyOne = {
  name: "two containers cannot share a name",
  hostNetwork: "two containers cannot listen on one port of the host",
  hostPort: "two containers cannot publish one port of the host",
  address: "two containers cannot share an address",
  data: "two containers would write to the same data at once",
} as const;

interface Reason {
  readonly path: string;
  readonly why: string;
}

function stopFirstReasons(args: ContainerArgs): Reason[] {
  const at = (list: string, index: number, member: string): string => formatPath([list, index, member]);
  return [
    ...(args.name !== undefined ? [{ path: "name", why: onlyOne.name }] : []),
    ...(args.networkMode === "host" ? [{ path: 'networkMode "host"', why: onlyOne.hostNetwork }] : []),
    ...(args.ports ?? []).flatMap((port, index) =>
      port.host === undefined ? [] : [{ path: at("ports", index, "host"), why: onlyOne.hostPort }],
    ),
    ...attachmentsOf(args.networks ?? []).flatMap(({ ipv4Address }, index) =>
      ipv4Address === undefined ? [] : [{ path: at("networks", index, "ipv4Address"), why: onlyOne.address }],
    ),
    ...(args.mounts ?? []).flatMap((mount, index) => {
      const writable =
        ("volume" in mount && mount.readOnly !== true) || ("bind" in mount && mount.readOnly === false);
      return writable ? [{ path: at("mounts", index, "path"), why: onlyOne.data }] : [];
    }),
  ];
}
