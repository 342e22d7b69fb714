/** Handles Ctrl-C in a program: the engine asks it to end, but waits for running hooks. */

/** How long running hooks may take to undo their work after a signal. */
const UNDO_SECONDS = 60;

interface Interruptible {
  /** Aborts the run and restores the previous versions. */
  abandon(): Promise<void>;
  /** Whether a hook is running. */
  isBusy(): boolean;
}

const runs = new Set<Interruptible>();
let installed = false;

/**
 * Keeps the program alive after the first signal until its hooks have finished or undone their work; the second signal ends it. Only
 * in a process that Pulumi started for the program: others (Automation API, tests) handle signals themselves.
 */
export function surviveInterrupts(run: Interruptible): void {
  if (!/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "")) return;
  runs.add(run);
  if (installed) return;
  installed = true;
  let signals = 0;
  const hear = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals > 2) process.exit(130);
    if (signals > 1 && signal === "SIGINT") process.exit(130);
    void undone().then(() => {
      // If the engine is still alive, it ends the program.
      if (signal === "SIGTERM") process.exit(143);
    });
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
}

async function undone(): Promise<void> {
  await Promise.all([...runs].map((each) => each.abandon()));
  const until = Date.now() + UNDO_SECONDS * 1000;
  while ([...runs].some((each) => each.isBusy()) && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
