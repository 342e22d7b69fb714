/** Processes by their number, on Linux. */

import { readFileSync } from "node:fs";

export const pause = (ms: number): Promise<false> =>
  new Promise((resolve) => setTimeout(() => resolve(false), ms));

/** A process that has ended but was not waited for yet is not alive. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone, which was the aim.
  }
}

/** Asks a process to end, and kills it when it has not after so many milliseconds. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  signal(pid, "SIGTERM");
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited === patienceMs) signal(pid, "SIGKILL");
    await pause(50);
  }
}

/** Its words, each ended by a NUL. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
