import type { Outcome } from "./load";
import type { BenchResult } from "./measure";

/** The last row must be judged by at least so many requests. */
export const AT_LEAST = 10_000;

/** What a server's visitors saw while it was replaced again and again. */
export interface Replacements extends Outcome {
  readonly name: string;
  /** By which order dockwright replaces it; undefined of a peer. */
  readonly ours?: "stop-first" | "start-first";
  readonly replacements: number;
  /** The median of the longest time without a good answer in each replacement, in milliseconds. */
  readonly gap: number;
  /** The median time of one update, in milliseconds. */
  readonly update: number;
}

/** A table of what visitors saw, and whether the aims are met. */
export function replacementTable(rows: readonly Replacements[]): string {
  const head = ["replaced under load", "requests", "failed", "longest gap", "median gap", "one update"];
  const lines = [
    head,
    ...rows.map(({ name, replacements, sent, failed, longestGap, gap, update }) => [
      `${name} (${String(replacements)} times)`,
      String(sent),
      String(failed),
      `${longestGap.toFixed(0)} ms`,
      `${gap.toFixed(0)} ms`,
      `${(update / 1000).toFixed(2)} s`,
    ]),
  ];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  return [...text, ...aims(rows)].join("\n");
}

function aims(rows: readonly Replacements[]): string[] {
  const startFirst = rows.find(({ ours }) => ours === "start-first");
  const stopFirst = rows.find(({ ours }) => ours === "stop-first");
  const compose = rows.find(({ name }) => name.includes("Compose"));
  const said: string[] = [];
  if (startFirst !== undefined) {
    const { failed, sent } = startFirst;
    const met = failed === 0 && sent >= AT_LEAST;
    said.push(aim(`start-first fails 0 of at least ${String(AT_LEAST)} requests`, met));
  }
  if (stopFirst !== undefined && compose !== undefined)
    said.push(
      aim(
        "the longest gap of stop-first is below that of Compose",
        stopFirst.longestGap < compose.longestGap,
      ),
    );
  return said;
}

function aim(what: string, met: boolean): string {
  return `aim: ${what}: ${met ? "met" : "NOT met"}`;
}

/** The same for bench/results.json: each order of ours beside the peers. */
export function replacementResults(rows: readonly Replacements[]): BenchResult[] {
  const peers = rows.filter(({ ours }) => ours === undefined);
  return rows.flatMap((row) => {
    if (row.ours === undefined) return [];
    const line = (
      what: string,
      unit: BenchResult["unit"],
      of: (row: Replacements) => number,
    ): BenchResult => ({
      name: `${what}, ${String(row.replacements)} replacements ${row.ours ?? ""}`,
      unit,
      ours: of(row),
      peers: peers.map((peer) => ({ name: peer.name, value: of(peer) })),
      ratio: ratio(peers[0] && of(peers[0]), of(row)),
    });
    return [
      line("requests sent", "requests", ({ sent }) => sent),
      line("requests failed", "requests", ({ failed }) => failed),
      line("longest gap", "ms", ({ longestGap }) => longestGap),
      line("median gap", "ms", ({ gap }) => gap),
      line("one update", "ms", ({ update }) => update),
    ];
  });
}

/** Null where there is nothing to divide by, which JSON could not write. */
function ratio(peer: number | undefined, ours: number): number | null {
  return peer === undefined || ours === 0 ? null : peer / ours;
}
