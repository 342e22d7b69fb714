/** Handles Ctrl-C in a program: the engine asks it to end, but waits for running hooks. */

/** How long running hooks may take to undo their work after a signal. */
const UNDO_SECONDS = 60;

/** Pulumi passes one Ctrl-C to the program several times, within milliseconds. */
const ONE_SIGNAL_MS = 300;

interface Interruptible {
  /** Aborts the run and restores the previous versions. */
  abandon(): Promise<void>;
  /** Whether a hook is running. */
  isBusy(): boolean;
}

const runs = new Set<Interruptible>();
let installed = false;

/**
 * Keeps the program alive after a signal until its hooks have finished or undone their work. Only in a process that Pulumi
 * started for the program: others (Automation API, tests) handle signals themselves.
 */
export function surviveInterrupts(run: Interruptible): void {
  if (!/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "")) return;
  runs.add(run);
  if (installed) return;
  installed = true;
  let first: number | undefined;
  const hear = (signal: NodeJS.Signals): void => {
    if (first !== undefined) {
      // A second Ctrl-C aborts running hooks; a rollback is short, and ends by itself.
      if (Date.now() - first > ONE_SIGNAL_MS && isBusy()) process.exit(130);
      return;
    }
    first = Date.now();
    const idle = !isBusy();
    void undone().then(() => {
      // The engine waits for running hooks, and ends the program afterwards.
      if (signal === "SIGTERM") process.exit(143);
      if (idle) process.exit(130);
    });
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
}

function isBusy(): boolean {
  return [...runs].some((each) => each.isBusy());
}

async function undone(): Promise<void> {
  await Promise.all([...runs].map((each) => each.abandon()));
  const until = Date.now() + UNDO_SECONDS * 1000;
  while (isBusy() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
}
