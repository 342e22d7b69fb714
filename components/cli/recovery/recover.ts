/** Before a run: checks the lock of the stack and, if a killed run holds it, cleans up after that run. */

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import type { StackPlace } from "../pulumi/backend";
import { type Holder, isPulumi, judge, type Lock, parseLock } from "./lock";
import { orphansOf } from "./orphans";
import { endProcesses, type RunningProcess, runningProcesses } from "./processes";
import { type Refusal, say } from "../say";

/** True if any stack of the backend is locked: without a lock there is nothing to recover. */
export function anyLock(folder: string): boolean {
  const locks = join(folder, ".pulumi/locks");
  return (
    existsSync(locks) &&
    readdirSync(locks, { recursive: true, encoding: "utf8" }).some((name) => name.endsWith(".json"))
  );
}

/** The lock files of a stack. */
export function lockFiles({ locks }: StackPlace): string[] {
  if (!existsSync(locks)) return [];
  return readdirSync(locks)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(locks, name));
}

/**
 * Releases the locks of killed runs after ending their processes. Removes only the inspected files
 * (`pulumi cancel` would also remove a lock taken in the meantime). Returns the error if a lock must not be released.
 */
export async function recover(
  place: StackPlace,
  backend: string,
  folder: string,
): Promise<Refusal | undefined> {
  const dead: Lock[] = [];
  for (const file of lockFiles(place)) {
    const text = readIfThere(file);
    if (text === undefined) continue; // released in the meantime
    const lock = parseLock(file, text);
    if (lock === undefined) return unreadable(place, file);
    const holder = judge(lock, { host: hostname(), processes: runningProcesses() });
    if (holder.kind !== "dead") return held(place, lock, holder);
    dead.push(lock);
  }
  if (dead.length === 0) return undefined;
  const run = { project: place.project, stack: place.stack, backend, folder };
  const orphans = orphansOf(run, runningProcesses() ?? []);
  const left = await endProcesses(orphans);
  if (left.length > 0) return unending(place, left);
  for (const { file } of dead) {
    rmSync(file, { force: true });
    rmSync(`${file}.attrs`, { force: true });
  }
  const who = dead.map(({ pid, since }) => `pid ${String(pid)}, since ${at(since)}`).join("; ");
  const ended =
    orphans.length === 0
      ? "no process of it was still running"
      : `${String(orphans.length)} ${orphans.length === 1 ? "process" : "processes"} that it left (${list(orphans)}) ${orphans.length === 1 ? "was" : "were"} ended`;
  say("lock", `the run that held stack ${place.stack} was killed (${who}); ${ended}, its lock is released`);
  return undefined;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const NOTHING = "nothing was changed; the lock is unchanged";

/** Another run is, or can be, in progress. */
export function held({ stack }: StackPlace, lock: Lock, holder: Exclude<Holder, { kind: "dead" }>): Refusal {
  const { pid, user, host, since } = lock;
  const number = String(pid);
  const who = `pid ${number} of ${user} on ${host} has held its lock since ${at(since)}`;
  if (holder.kind === "elsewhere")
    return {
      what: `stack ${stack} is locked by a run on another machine`,
      why: `${who}; this machine cannot check whether it is alive`,
      now: NOTHING,
      next: `on ${host}: ps -p ${number}, and wait for it; only if it has ended: pulumi cancel --stack ${stack}, then run this command again`,
    };
  const command = holder.process?.words.join(" ") ?? "";
  return {
    what: `stack ${stack} is locked by another run`,
    why: `${who}${command === "" ? "" : ` (${command.length > 100 ? `${command.slice(0, 97)}...` : command})`} and is alive`,
    now: NOTHING,
    next:
      holder.process === undefined || isPulumi(holder.process)
        ? `wait for it, then run this command again; to stop it after its current operations: kill -INT ${String(holder.process?.pid ?? pid)}`
        : `if that is not your deployment: pulumi cancel --stack ${stack}; then run this command again`,
  };
}

function unreadable({ stack }: StackPlace, file: string): Refusal {
  return {
    what: `stack ${stack} is locked, and the lock file is not valid`,
    why: `${file} it does not contain a process, a machine and a time`,
    now: NOTHING,
    next: `make sure that no Pulumi process is using this stack, then: pulumi cancel --stack ${stack}`,
  };
}

function unending({ stack }: StackPlace, left: readonly RunningProcess[]): Refusal {
  return {
    what: `stack ${stack} is blocked by processes of a killed run`,
    why: `${left.map(({ pid, words }) => `pid ${String(pid)} (${words[0] ?? ""})`).join(", ")}: still running after SIGKILL, or owned by another user`,
    now: NOTHING,
    next: `as their user or root: kill -KILL ${list(left, " ")}; then run this command again`,
  };
}

function list(processes: readonly RunningProcess[], separator = ", "): string {
  return processes.map(({ pid }) => String(pid)).join(separator);
}

/** Local time to the second: `2026-11-24 09:26:11`. */
function at(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}
