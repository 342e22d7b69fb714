import type { Result } from "./deployment";
import type { WalkResult } from "./walk/walk";

export function resultLine({ mode, n, call, converged, seconds, problem }: Result, of: number): string {
  const said = `${mode} at call ${n} of ${of}, ${call}: ${converged ? "converged" : "DID NOT CONVERGE"} (${seconds} s)`;
  return problem === undefined ? said : `${said}\n  ${problem}`;
}

/** One line a mode: how many faults, and how many of them the next plain `up` made good. */
export function table(results: readonly Result[]): string {
  const modes = [...new Set(results.map(({ mode }) => mode))];
  const lines = modes.map((mode) => {
    const own = results.filter((result) => result.mode === mode);
    const slowest = Math.max(...own.map(({ seconds }) => seconds));
    const late = own.filter(({ call }) => call === "not reached").length;
    const unhurt = late === 0 ? "" : ` (${late} of these runs ended before the call)`;
    return `${mode.padEnd(8)} ${converged(own)}, the slowest in ${slowest.toFixed(1)} s${unhurt}`;
  });
  return [...lines, `${"all".padEnd(8)} ${converged(results)}`].join("\n");
}

export function walkLines(walk: WalkResult | undefined): string[] {
  if (walk === undefined) return [];
  const { seed, steps, seconds, moves, failures } = walk;
  const found = failures.length === 0 ? "every invariant held" : `${failures.length} walks were not sound`;
  const often = Object.entries(moves).sort(([a], [b]) => (a < b ? -1 : 1));
  const each = steps === 0 ? "" : `, ${(seconds / steps).toFixed(1)} s a step`;
  return [
    ...often.map(([move, count]) => `${String(count).padStart(5)} ${move}`),
    `${"walk".padEnd(8)} ${steps} steps, ${found} (seed ${seed}${each})`,
  ];
}

function converged(results: readonly Result[]): string {
  return `converged ${results.filter((result) => result.converged).length} of ${results.length}`;
}
