/**
 * `make honesty`: what a plain preview printed, and a review reported, against what the Engine then did and what the `up` printed,
 * for generated edits of generated stacks, on a Docker Engine of its own.
 *
 *   --edits N --cells N --rounds N   edits in all (312), of one stack at a time (12), and rounds of one stack (9)
 *   --seed N --stack N               repeat a run, or one stack of it
 *
 * The exit code is 1 where anything was announced that did not happen, or happened unannounced.
 */

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

import { honesty, outageText, tableOf } from "./honesty";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      edits: { type: "string", default: "312" },
      cells: { type: "string", default: "12" },
      rounds: { type: "string", default: "9" },
      seed: { type: "string" },
      stack: { type: "string" },
    },
  });
  const seed = values.seed === undefined ? randomInt(2 ** 31) : atLeastOne("--seed", values.seed);
  console.log(`seed ${seed}`);
  const result = await honesty(
    {
      seed,
      edits: atLeastOne("--edits", values.edits),
      cells: atLeastOne("--cells", values.cells),
      rounds: atLeastOne("--rounds", values.rounds),
      only: values.stack === undefined ? undefined : atLeastOne("--stack", values.stack),
    },
    (line) => console.log(line),
  );
  console.log(
    ["", "edits by kind:", ...tableOf(result.kinds), "announced:", ...tableOf(result.announced)].join("\n"),
  );
  console.log(`\n${outageText(result.outages)}`);
  console.log(`${result.edits} edits, ${result.failures.length} disagreements (seed ${seed})`);
  process.exitCode = result.failures.length === 0 ? 0 : 1;
}

function atLeastOne(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${name}: must be a whole number from 1, got "${text}"`);
  return number;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
