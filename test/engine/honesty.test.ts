/**
 * P2: what a plain preview prints, and a review reports, is what the Engine then does. A small bound of what `make honesty` does in full, see
 * test/review/honesty/run.ts. It needs root, for an Engine of its own.
 */

import { randomInt } from "node:crypto";

import { honesty } from "../review/honesty/honesty";

jest.setTimeout(400_000);

it("P2 twelve generated edits do what was announced, and nothing else", async () => {
  const seed = randomInt(1, 2 ** 31);
  // The seed is in every failure, with the command that repeats it.
  const { edits, failures } = await honesty({ seed, edits: 12, cells: 12, rounds: 1 }, () => undefined);
  expect(failures).toEqual([]);
  expect(edits).toBe(12);
});
