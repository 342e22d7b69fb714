/** The mounts of a container: volumes, host paths and tmpfs. */

import type * as pulumi from "@pulumi/pulumi";
import type * as docker from "@pulumi/docker";
import { z } from "zod";
import { type Fault, showValue } from "../../core/text/message";
import {
  containerPath,
  flag,
  isStructure,
  listOf,
  judge,
  mustBe,
  reference,
  strict,
  text,
  wholeNumber,
} from "../../core/schema";
import { uncoveredPaths } from "./anonymous-volume";

/** A reference to a Docker volume, such as a `Volume` component. */
export interface VolumeReference {
  readonly volumeName: pulumi.Output<string>;
  /** Its host, if known. */
  readonly hostKey?: string;
}

/** A named volume at a path. Its data outlives the container. */
export interface VolumeMount {
  readonly volume: VolumeReference;
  /** Absolute path in the container. */
  readonly path: string;
  /** @defaultValue `false` */
  readonly readOnly?: boolean;
}

/** A bind mount of a path on the Docker host. */
export interface BindMount {
  /** Absolute path on the Docker host. */
  readonly bind: string;
  /** Absolute path in the container. */
  readonly path: string;
  /** @defaultValue `true`: set `false` if the container writes to the host */
  readonly readOnly?: boolean;
  /**
   * Whether Docker creates a missing path as an empty folder; a preview names the folder. Not supported on a Swarm.
   * A change does not affect running containers. @defaultValue `false`: a missing path is an error
   */
  readonly createHostPath?: boolean;
}

/** A tmpfs mount: in memory, private, and lost when the container stops. */
export interface TmpfsMount {
  readonly tmpfs: true;
  /** Absolute path in the container. */
  readonly path: string;
  /** Size limit, in MiB. @defaultValue half of the host's memory, as Docker does */
  readonly sizeMiB?: number;
  /** File mode as octal text. @defaultValue `"1777"` */
  readonly mode?: string;
  /**
   * Further options of the file system, such as `"uid=1000"` or `"exec"`. Not supported on a Swarm.
   * @defaultValue Docker's: `noexec`, `nosuid`, `nodev`
   */
  readonly options?: readonly string[];
}

/**
 * One mount. Changing a mount replaces the container.
 * Source: Docker reference, "docker container run --mount".
 */
export type Mount = VolumeMount | BindMount | TmpfsMount;

/** Docker separates paths by colons. */
const isPath = (value: string): boolean => containerPath.safeParse(value).success && !value.includes(":");

const mountPath = text(
  'an absolute path below "/" without a trailing slash, for example "/data"',
  (value) => isPath(value) && value !== "/",
);

const volumeMount = strict({
  volume: reference<VolumeReference>("volumeName", "a Volume"),
  path: mountPath,
  readOnly: flag.optional(),
});

const bindMount = strict({
  bind: text(
    'an absolute path on the Docker host without a trailing slash, for example "/srv/data"',
    (value) => isPath(value),
  ),
  path: mountPath,
  readOnly: flag.optional(),
  createHostPath: flag.optional(),
});

const FLAGS =
  /^(defaults|ro|rw|(no)?(suid|dev|exec|mand|atime|diratime|relatime|strictatime)|sync|async|dirsync)$/;

/** Those that Docker takes; size and mode have members of their own, so that a unit can be checked. */
export const isTmpfsOption = (option: string): boolean =>
  FLAGS.test(option) ||
  /^((uid|gid|nr_inodes|nr_blocks)=\d+[kmg]?|size=\d+%|mpol=[a-z0-9:=-]+)$/i.test(option);

const tmpfsMount = strict({
  tmpfs: z.literal(true, { error: (issue) => mustBe("true", issue.input) }),
  path: mountPath,
  sizeMiB: wholeNumber(1).optional(),
  mode: text('octal permissions such as "1777"', (value) => /^[0-7]{3,4}$/.test(value)).optional(),
  options: listOf(text('an option of a tmpfs such as "uid=1000" or "exec"', isTmpfsOption)).optional(),
});

const kinds = { volume: volumeMount, bind: bindMount, tmpfs: tmpfsMount } as const;

/** The key of the kind selects the schema, so that faults are about the intended kind of mount. */
export const mount: z.ZodType<Mount> = z.custom<Mount>().superRefine((value: unknown, context) => {
  const given = isStructure(value)
    ? (["volume", "bind", "tmpfs"] as const).filter((kind) => kind in value)
    : [];
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    context.addIssue({
      code: "custom",
      message: `must have exactly one of volume, bind or tmpfs, got ${given.join(" and ") || keysOf(value)}`,
    });
    return;
  }
  judge(kinds[kind], value, context);
});

function keysOf(value: unknown): string {
  return isStructure(value) ? Object.keys(value).join(" and ") || "nothing" : showValue(value);
}

/** True for a read-only mount. */
export function isReadOnly(each: Mount): boolean {
  if ("tmpfs" in each) return false;
  return each.readOnly ?? "bind" in each;
}

/** Two mounts at one path would hide each other. */
export function mountFaults(mounts: readonly Mount[]): Fault[] {
  return mounts.flatMap((each, index) =>
    mounts.findIndex((other) => other.path === each.path) === index
      ? []
      : [{ path: `mounts[${String(index)}].path`, text: `must be used once, got "${each.path}" again` }],
  );
}

/** Data at an uncovered VOLUME path would be in an anonymous volume: each replacement gets a new, empty one. */
export function volumeFaults(mounts: readonly Mount[], declared: readonly string[]): Fault[] {
  return uncoveredPaths(
    declared,
    mounts.map(({ path }) => path),
  ).map((path) => ({
    path: "mounts",
    text: `must cover "${path}", which the image declares as VOLUME and would lose at every replacement; mount a Volume or a tmpfs there`,
  }));
}

/** Translates to the provider's `volumes` (its `mounts` are changed without effect) and `tmpfs`. */
export function mountInputs(mounts: readonly Mount[]): Pick<docker.ContainerArgs, "volumes" | "tmpfs"> {
  const volumes = mounts.flatMap((each): VolumeInput[] => {
    if ("volume" in each)
      return [{ volumeName: each.volume.volumeName, containerPath: each.path, readOnly: isReadOnly(each) }];
    if ("bind" in each)
      return [{ hostPath: each.bind, containerPath: each.path, readOnly: isReadOnly(each) }];
    return [];
  });
  const tmpfs = mounts.flatMap((each) => ("tmpfs" in each ? [[each.path, tmpfsOptions(each)] as const] : []));
  return {
    ...(volumes.length > 0 && { volumes }),
    ...(tmpfs.length > 0 && { tmpfs: Object.fromEntries(tmpfs) }),
  };
}

function tmpfsOptions({ sizeMiB, mode = "1777", options = [] }: TmpfsMount): string {
  return [...options, ...(sizeMiB === undefined ? [] : [`size=${String(sizeMiB)}m`]), `mode=${mode}`].join(
    ",",
  );
}

type VolumeInput = { readonly containerPath: string; readonly readOnly: boolean } & (
  { readonly volumeName: pulumi.Output<string> } | { readonly hostPath: string }
);
