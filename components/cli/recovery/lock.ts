/** A lock of Pulumi's file backend, and whether the run that took it is still there. */

import { basename } from "node:path";

import type { RunningProcess } from "./processes";

export interface Lock {
  readonly file: string;
  readonly pid: number;
  readonly user: string;
  readonly host: string;
  readonly since: Date;
}

/** Reads a lock file; undefined where it holds something else. */
export function parseLock(file: string, text: string): Lock | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { pid, username, hostname, timestamp } = (content ?? {}) as Record<string, unknown>;
  if (typeof pid !== "number" || typeof hostname !== "string" || typeof timestamp !== "string")
    return undefined;
  const since = new Date(timestamp);
  if (Number.isNaN(since.getTime())) return undefined;
  return { file, pid, user: typeof username === "string" ? username : "?", host: hostname, since };
}

/** What this machine knows. */
export interface Here {
  readonly host: string;
  /** Undefined where this system does not tell. */
  readonly processes: readonly RunningProcess[] | undefined;
}

/** Whether the run that took a lock is still there. */
export type Holder =
  | { readonly kind: "dead" }
  | { readonly kind: "alive"; readonly process: RunningProcess | undefined }
  | { readonly kind: "elsewhere" };

/** The clock of a machine and the start times it tells may differ by this much. */
const TOLERANCE_MS = 5_000;

/**
 * Dead is only who certainly is: this machine, and no process of that number, or one that began after the lock was
 * taken and is no Pulumi. (A Pulumi that seems to have begun later may be the holder after the clock was set.)
 */
export function judge(lock: Lock, here: Here): Holder {
  if (lock.host !== here.host) return { kind: "elsewhere" };
  if (here.processes === undefined) return { kind: "alive", process: undefined };
  const living = here.processes.filter(({ zombie }) => !zombie);
  const holder =
    living.find((each) => each.pid === lock.pid && !tookTheNumberLater(each, lock)) ??
    // In a container that shares this machine's name, but numbers its processes anew.
    living.find((each) => each.innerPid === lock.pid && each.innerPid !== each.pid && isPulumi(each));
  return holder === undefined ? { kind: "dead" } : { kind: "alive", process: holder };
}

function tookTheNumberLater(process: RunningProcess, { since }: Lock): boolean {
  return (
    process.started !== undefined &&
    process.started.getTime() > since.getTime() + TOLERANCE_MS &&
    !isPulumi(process)
  );
}

/** True for Pulumi's command itself, not for its plugins. */
export function isPulumi({ words }: RunningProcess): boolean {
  return /^pulumi(\.exe)?$/.test(basename(words[0] ?? ""));
}
