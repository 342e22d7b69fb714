/** One line of the benchmark table. */
export interface BenchResult {
  readonly name: string;
  readonly unit: "ms" | "requests";
  readonly ours: number;
  readonly peers: readonly { readonly name: string; readonly value: number }[];
  /** The first peer divided by ours: 2 means that we are twice as fast, 0.5 that we take twice as long; null where ours is 0. */
  readonly ratio: number | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** How long something takes, in milliseconds of the wall clock. */
export async function milliseconds(run: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
