/** The processes of this machine: by /proc on Linux, by `ps` elsewhere. */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

export interface RunningProcess {
  readonly pid: number;
  /** Its pid in its own PID namespace. */
  readonly innerPid: number;
  readonly parent: number;
  /** It has exited, but its parent has not reaped it (zombie). */
  readonly zombie: boolean;
  readonly started: Date | undefined;
  /** The command line. */
  readonly words: readonly string[];
  /** Undefined if this user may not read it. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  readonly folder: string | undefined;
}

/** All processes; undefined on an unsupported system. */
export function runningProcesses(): RunningProcess[] | undefined {
  if (process.platform === "linux") return fromProc();
  if (process.platform === "win32") return undefined;
  const { status, stdout } = spawnSync("ps", ["-axwwE", "-o", "pid=,ppid=,stat=,lstart=,command="], {
    encoding: "utf8",
    env: { LC_ALL: "C", PATH: "/bin:/usr/bin" },
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? parsePs(stdout) : undefined;
}

/** One line per process: `  42     1 S  Tue Nov 24 09:22:04 2026 command arguments NAME=value ...`. */
export function parsePs(text: string): RunningProcess[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s+(.*)$/.exec(line);
    if (match === null) return [];
    const [, pid, parent, state = "", started = "", command = ""] = match;
    const words = command.split(" ");
    const at = words.findIndex((word, index) => index > 0 && /^[A-Za-z_]\w*=/.test(word));
    const environment = at === -1 ? undefined : variables(words.slice(at));
    return {
      pid: Number(pid),
      innerPid: Number(pid),
      parent: Number(parent),
      zombie: state.startsWith("Z"),
      started: new Date(started),
      words: at === -1 ? words : words.slice(0, at),
      environment,
      folder: environment?.["PWD"],
    };
  });
}

/** Linux reports times in hundredths of a second, independent of the kernel configuration. */
const TICKS_PER_SECOND = 100;

function fromProc(): RunningProcess[] {
  const boot = Number(/^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1] ?? 0);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = attempt(() => readFileSync(`/proc/${name}/stat`, "utf8"));
      if (stat === undefined) return []; // it has exited in the meantime
      // The command name is in parentheses and can contain anything.
      const [state = "", parent, ...later] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const innerPid = attempt(() =>
        /^NSpid:.*?(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.at(1),
      );
      const environment = attempt(() => nulSeparated(`/proc/${name}/environ`));
      return {
        pid: Number(name),
        innerPid: Number(innerPid ?? name),
        parent: Number(parent),
        zombie: state === "Z" || state === "X",
        started: new Date((boot + Number(later[17]) / TICKS_PER_SECOND) * 1000),
        words: attempt(() => nulSeparated(`/proc/${name}/cmdline`)) ?? [],
        environment: environment && variables(environment),
        folder: attempt(() => readlinkSync(`/proc/${name}/cwd`)),
      };
    });
}

function nulSeparated(file: string): string[] {
  return readFileSync(file, "utf8").replace(/\0$/, "").split("\0");
}

function variables(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => [word.split("=", 1)[0] ?? "", word.slice(word.indexOf("=") + 1)]),
  );
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The signals in order, each with its grace period. */
const LADDER = [
  { signal: "SIGINT", waitMs: 2_000 },
  { signal: "SIGTERM", waitMs: 3_000 },
  { signal: "SIGKILL", waitMs: 3_000 },
] as const;

/** Ends processes with increasingly strong signals and returns those still running. Never a process that reuses a pid. */
export async function endProcesses(these: readonly RunningProcess[]): Promise<RunningProcess[]> {
  let left = stillThere(these);
  for (const { signal, waitMs } of LADDER) {
    for (const { pid } of left) attempt(() => process.kill(pid, signal));
    for (const until = Date.now() + waitMs; left.length > 0 && Date.now() < until; left = stillThere(left))
      await pause(50);
  }
  return left;
}

function stillThere(these: readonly RunningProcess[]): RunningProcess[] {
  if (these.length === 0) return [];
  const now = new Map((runningProcesses() ?? []).map((each) => [each.pid, each]));
  return these.filter(({ pid, started }) => {
    const found = now.get(pid);
    if (found === undefined || found.zombie) return false;
    // The start time is derived from the boot time, which changes slightly with the clock.
    return Math.abs((found.started?.getTime() ?? 0) - (started?.getTime() ?? 0)) < 2_000;
  });
}
