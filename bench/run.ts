/**
 * `make bench`: how long a user waits, with dockwright and with what else one could use. Bounded to some minutes.
 *
 * - Fifty equal containers (`sleep infinity` on one network): a preview with nothing to do, a first `up`, an `up` after
 *   the edit of one. dockwright runs as the reference deployment does (the runtime of Pulumi.yaml, the environment of
 *   tools/env); raw @pulumi/docker as `pulumi new typescript` leaves a project; Docker Compose with an equal file.
 * - The hash of a build context against reading its files once.
 *
 * Medians, the candidates in turn, whole commands. Only the ratios mean something on another machine. The table goes to
 * bench/results.json too. What was chosen for it and why: docs/decisions/0001-performance.md.
 */

import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join, resolve } from "node:path";

import { contextHash } from "./context-hash";
import { fiftyContainers } from "./fifty-containers";
import type { BenchResult } from "./measure";
import { table } from "./table";

const root = resolve(__dirname, "..");

async function main(): Promise<void> {
  const say = (line: string): void => console.log(line);
  const cores = availableParallelism();
  const load = loadavg()[0] ?? 0;
  say(`measuring on ${cores} cores; this takes some minutes`);
  if (load > cores) say(`the machine is busy (load ${load.toFixed(1)}): only rough ratios will come of it`);
  const results: BenchResult[] = [await contextHash(), ...(await fiftyContainers(root, say))];
  writeFileSync(join(root, "bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
  say(`\n${table(results)}`);
}

// The terminal sends an interrupt to the running command too; its failure ends the measurement, which then cleans up.
process.on("SIGINT", () => undefined);

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
