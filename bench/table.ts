import type { BenchResult } from "./measure";

/** One row a result: its name, our time, and each peer's time with how many times as long as ours it takes. */
export function table(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, ours, peers }) => [
    name,
    seconds(ours),
    ...peers.map((peer) => `${peer.name} ${seconds(peer.value)} (${(peer.value / ours).toFixed(2)}x)`),
  ]);
  const all = [["median", "dockwright", "peer (how many times as long it takes)"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
