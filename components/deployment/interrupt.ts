/** Ctrl-C, as it reaches a program: the engine asks it to end, and still waits for the hooks that are under way. */

/** How long after a signal the hooks under way may take to undo what they began. */
const UNDO_SECONDS = 60;

interface Interruptible {
  /** Gives up what is under way, so that what served before serves again. */
  abandon(): Promise<void>;
  /** Whether a hook is under way. */
  isBusy(): boolean;
}

const runs = new Set<Interruptible>();
let installed = false;

/**
 * Keeps a program alive at the first signal until its hooks have finished or undone; ends it at the second. Only in a process
 * that Pulumi started for the program: another one (Automation API, tests) has signals of its own.
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
      // The engine, where it lives on, ends the program itself.
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
