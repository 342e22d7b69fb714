/** Which edits a seed stands for: always the same. */

import fc from "fast-check";

import { type Cell, consistent } from "./cell";
import { edited, type Kind, kinds } from "./edits";

export interface CellEdit {
  readonly kind: Kind;
  readonly number: number;
}

/** One stack: where it begins, and in each round one edit for every cell. */
export interface StackPlan {
  readonly cells: readonly Cell[];
  readonly rounds: readonly (readonly CellEdit[])[];
}

export interface Size {
  readonly edits: number;
  readonly cells: number;
  /** Rounds of one stack. */
  readonly rounds: number;
}

const cell = (name: string): fc.Arbitrary<Cell> =>
  fc
    .record({
      replicas: fc.constantFrom(1, 1, 1, 2),
      port: fc.constantFrom<Cell["port"][]>("none", "none", "fixed"),
      mount: fc.constantFrom<Cell["mount"][]>("none", "none", "read-write", "read-only"),
      joins: fc.boolean(),
      internal: fc.boolean(),
      withJob: fc.boolean(),
      side: fc.boolean(),
      whenDestroyed: fc.constantFrom("keep-data" as const, "lose-data" as const),
    })
    .map(({ internal, whenDestroyed, withJob, ...rest }) =>
      consistent({
        name,
        image: 1,
        ignored: 1,
        args: {},
        secret: 1,
        tmpfs: false,
        portAt: "main",
        renamed: 0,
        aliased: false,
        adopted: false,
        network: { internal, subnet: undefined, label: 1, mtu: 1500 },
        volume: { whenDestroyed, label: 1, option: 1 },
        job: withJob ? { command: 1, environment: 1, memoryMiB: 32 } : undefined,
        ...rest,
      }),
    );

export function plansOf(seed: number, { edits, cells, rounds }: Size): StackPlan[] {
  const names = Array.from({ length: cells }, (_, index) => `c${String(index + 1)}`);
  const perStack = cells * rounds;
  const stacks = Math.ceil(edits / perStack);
  const worlds = fc.sample(fc.tuple(...names.map(cell)), { seed, numRuns: stacks });
  // All kinds come equally often, in a new order each time.
  const turns = Math.ceil((stacks * perStack) / kinds.length);
  const order = fc
    .sample(fc.shuffledSubarray([...kinds], { minLength: kinds.length }), { seed, numRuns: turns })
    .flat();
  const numbers = fc.sample(fc.integer({ min: 2, max: 1_000_000 }), { seed, numRuns: order.length });
  const all = order.map((kind, index): CellEdit => ({ kind, number: numbers[index] ?? 2 })).slice(0, edits);
  return worlds.map((world, stack) => ({
    cells: world,
    rounds: Array.from({ length: rounds }, (_, round) =>
      all.slice(stack * perStack + round * cells, stack * perStack + (round + 1) * cells),
    ).filter((round) => round.length > 0),
  }));
}

/** The cells after a round; those without an edit stay. */
export function after(cells: readonly Cell[], round: readonly CellEdit[]): Cell[] {
  return cells.map((each, index) => {
    const edit = round[index];
    return edit === undefined ? each : edited(each, edit.kind, edit.number);
  });
}
