/** A lock of Pulumi's file backend, and whether its holder is still running. */

import { basename } from "node:path";

import type { RunningProcess } from "./processes";

export interface Lock {
  readonly file: string;
  readonly pid: number;
  readonly user: string;
  readonly host: string;
  readonly since: Date;
}

/** Reads a lock file; undefined if it is not valid. */
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

/** Facts about this machine. */
export interface Here {
  readonly host: string;
  /** Undefined if the system does not provide them. */
  readonly processes: readonly RunningProcess[] | undefined;
}

/** Whether the run that took a lock is still running. */
export type Holder =
  | { readonly kind: "dead" }
  | { readonly kind: "alive"; readonly process: RunningProcess | undefined }
  | { readonly kind: "elsewhere" };

/** The clock and the reported process start times can differ by this much. */
const TOLERANCE_MS = 5_000;

/**
 * A holder counts as dead only if it is on this machine and either no process has its pid, or that process started after the lock
 * was taken and is not Pulumi. (A Pulumi process that seems to have started later can be the holder after the clock was set.)
 */
export function judge(lock: Lock, here: Here): Holder {
  if (lock.host !== here.host) return { kind: "elsewhere" };
  if (here.processes === undefined) return { kind: "alive", process: undefined };
  const living = here.processes.filter(({ zombie }) => !zombie);
  const holder =
    living.find((each) => each.pid === lock.pid && !tookTheNumberLater(each, lock)) ??
    // In a container with this machine's host name but a separate PID namespace.
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

/** True for the pulumi command itself, not for its plugins. */
export function isPulumi({ words }: RunningProcess): boolean {
  return /^pulumi(\.exe)?$/.test(basename(words[0] ?? ""));
}
