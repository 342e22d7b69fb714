/** The mounts of a service. */

import { type BindMount, isTmpfsOption, type TmpfsMount } from "../../../container/mounts/mount";
import type { Service } from "../../model/model";
import type { Mount } from "../../model/parts";
import { parseBytes } from "../../model/units";
import type { Finding } from "../finding";
import { wholeMiB } from "./quantities";

export type PlannedMount =
  /** An anonymous volume: each container gets its own, and the data outlives a replacement. */
  | { readonly anonymous: true; readonly path: string; readonly readOnly?: boolean }
  | { readonly volume: string; readonly path: string; readonly readOnly?: boolean }
  | BindMount
  | TmpfsMount;

export function mountArgs({ volumes = [], tmpfs = [] }: Service, fault: Finding): readonly PlannedMount[] {
  const mounts = volumes.flatMap((mount, index): PlannedMount[] => {
    const path = trimmed(mount.target ?? "");
    const readOnly = mount.read_only === true;
    if (mount.source === undefined && /^[a-z]:/i.test(path))
      fault(
        ["volumes", index],
        `begins with one letter, which Compose reads as a Windows drive; give the volume a longer name, or write the long form: { type: volume, source: ${path.charAt(0)}, target: ${path.slice(2)} }`,
      );
    switch (mount.type) {
      case "bind":
        return [
          {
            bind: trimmed(mount.source ?? ""),
            path,
            readOnly,
            ...(mount.bind?.create_host_path !== false && { createHostPath: true }),
          },
        ];
      case "volume": {
        const at = { path, ...(readOnly && { readOnly }) };
        return [mount.source === undefined ? { anonymous: true, ...at } : { volume: mount.source, ...at }];
      }
      case "tmpfs":
        return [{ tmpfs: true, path, ...sizeOf(mount), ...modeOf(mount.tmpfs?.mode) }];
      default:
        fault(
          ["volumes", index, "type"],
          `must be "volume", "bind" or "tmpfs", got ${JSON.stringify(mount.type)}`,
        );
        return [];
    }
  });
  return [...mounts, ...tmpfs.map((line, index) => shortTmpfs(line, index, fault))];
}

const trimmed = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, "") : path);

function sizeOf({ tmpfs }: Mount): { sizeMiB?: number } {
  const bytes = Number(tmpfs?.size ?? 0);
  return bytes > 0 ? { sizeMiB: wholeMiB(bytes) } : {};
}

function modeOf(mode: number | undefined): { mode?: string } {
  return mode === undefined || mode === 0 ? {} : { mode: mode.toString(8) };
}

/** `/run:size=64m,mode=1770,uid=1000`. */
function shortTmpfs(line: string, index: number, fault: Finding): TmpfsMount {
  const [path = "", options = ""] = line.split(/:(.*)/s);
  const known: { sizeMiB?: number; mode?: string } = {};
  const others: string[] = [];
  for (const option of options.split(",").filter((each) => each !== "")) {
    const [, size] = /^size=(\d+[kmg]?)$/i.exec(option) ?? [];
    const [, mode] = /^mode=0?([0-7]{3,4})$/.exec(option) ?? [];
    if (size !== undefined) known.sizeMiB = wholeMiB(parseBytes(size) ?? 0);
    else if (mode !== undefined) known.mode = mode;
    else if (isTmpfsOption(option)) others.push(option);
    else fault(["tmpfs", index], `has an option that Docker does not know: ${JSON.stringify(option)}`);
  }
  return { tmpfs: true, path: trimmed(path), ...known, ...(others.length > 0 && { options: others }) };
}

/** A mount with a placeholder for its volume, to check it before the volume exists. */
export function standInOf(planned: PlannedMount): object {
  if ("volume" in planned) return { ...planned, volume: { volumeName: planned.volume } };
  if (!("anonymous" in planned)) return planned;
  const { anonymous: _, ...rest } = planned;
  return { ...rest, volume: { volumeName: planned.path } };
}

/** A volume for each VOLUME path of the image without a mount in the file: Docker would lose that data at a replacement. */
export function uncovered(declared: readonly string[], mounts: readonly PlannedMount[]): PlannedMount[] {
  return declared
    .filter((path) => !mounts.some((each) => each.path === path || path.startsWith(`${each.path}/`)))
    .map((path) => ({ anonymous: true as const, path }));
}
