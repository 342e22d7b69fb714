import { type ChildProcess, spawn } from "node:child_process";

/** How a child process ended; both null when it could not be started. */
export interface End {
  readonly code: number | null;
  readonly signal: string | null;
  readonly failure?: Error;
}

/** The processes this host has started. None of them outlives it. */
export class Children {
  private readonly alive = new Set<ChildProcess>();

  /** Starts a process; `ended` is called once, also when it could not be started. */
  start(
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv; output: "inherit" | "pipe" },
    ended: (end: End) => void,
  ): ChildProcess {
    const { cwd, env, output } = options;
    const child = spawn(command, [...args], { cwd, env, stdio: ["ignore", output, output] });
    this.alive.add(child);
    let told = false;
    const tell = (end: End): void => {
      this.alive.delete(child);
      if (!told) ended(end);
      told = true;
    };
    child.on("error", (failure) => tell({ code: null, signal: null, failure }));
    // "close", not "exit": by then its output has been read to the end.
    child.on("close", (code, signal) => tell({ code, signal }));
    return child;
  }

  /** Asks every process to end. */
  interrupt(signal: NodeJS.Signals = "SIGINT"): void {
    for (const child of this.alive) child.kill(signal);
  }

  /** Ends every process: politely, then after `grace` milliseconds by force. */
  async end(grace = 2_000): Promise<void> {
    this.interrupt("SIGTERM");
    const deadline = Date.now() + grace;
    while (this.alive.size > 0 && Date.now() < deadline) await new Promise((next) => setTimeout(next, 50));
    this.interrupt("SIGKILL");
  }
}
