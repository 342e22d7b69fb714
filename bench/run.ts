/**
 * `make bench`: compares the waiting times of dockwright and its alternatives. Takes some minutes.
 *
 * - Fifty equal containers (`sleep infinity` on one network): a preview with nothing to do, a first `up`, an `up` after
 *   the edit of one. dockwright runs as the reference deployment does (the runtime of Pulumi.yaml, the environment of
 *   tools/env); raw @pulumi/docker as `pulumi new typescript` leaves a project; Docker Compose with an equal file.
 * - A web server that is replaced twenty times under a constant load: failed requests and the longest gap, with the bare
 *   provider, Docker Compose, and dockwright in both orders. `--replacements N` for another number; 0 leaves it out.
 *   `--only WORD` measures nothing but the rows of this that have the word in their name ("" for all of them).
 * - The hash of a build context against reading its files once.
 * - The load of a Compose file of 2,000 lines against `docker compose config`; `npm run bench -- compose` measures this alone.
 * - The services of a Compose file on a swarm of one node, 10 and 100 of them, against `docker stack deploy`: a preview with
 *   nothing to do (Docker has none: the command again), a first `up`, an `up` after the edit of one, each until all tasks
 *   run. `npm run bench -- swarm` measures this alone, with 500 services too; `--services 10,50` for other numbers,
 *   `--tasks 0` for services without a task, `--only WORD` as above. It starts an Engine of its own, and needs root for that.
 *
 * Medians, the candidates in turn, whole commands. Only the ratios mean something on another machine. The table goes to
 * bench/results.json too. What was chosen for it and why: docs/decisions/0001-performance.md.
 */

import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { join, resolve } from "node:path";

import { composeLoad, composeLoadAim } from "./compose-load";
import { contextHash } from "./context-hash";
import { fiftyContainers } from "./fifty-containers";
import type { BenchResult } from "./measure";
import { REPLACEMENTS, replacements } from "./replacements";
import { replacementResults, replacementTable } from "./replacements-table";
import { swarmServices } from "./swarm-services";
import { table } from "./table";

const root = resolve(__dirname, "..");

async function main(): Promise<void> {
  const say = (line: string): void => console.log(line);
  const cores = availableParallelism();
  const load = loadavg()[0] ?? 0;
  say(`measuring on ${cores} cores; this takes some minutes`);
  if (load > cores) say(`the machine is busy (load ${load.toFixed(1)}): the ratios are only rough`);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      replacements: { type: "string", default: String(REPLACEMENTS) },
      only: { type: "string" },
      services: { type: "string" },
      tasks: { type: "string", default: "1" },
    },
  });
  const loading = async (): Promise<BenchResult[]> => {
    const results = await composeLoad(root);
    say(`${table(results)}\n${composeLoadAim(results)}`);
    return results;
  };
  const [section] = positionals;
  if (section === "compose") {
    await loading();
    return;
  }
  const swarm = (services: string): Promise<BenchResult[]> => {
    const loads = services.split(",").map((each) => ({ services: Number(each), replicas: tasksOf(values) }));
    return swarmServices(root, loads, say, values.only);
  };
  if (section === "swarm") {
    say(`\n${table(await swarm(values.services ?? "10,100,500"))}`);
    return;
  }
  if (section !== undefined) throw new Error(`there is no section ${section}; known: compose, swarm`);
  const { only } = values;
  const count = Number(values.replacements);
  const served = count > 0 ? await replacements(root, count, say, only) : [];
  if (served.length > 0) say(`\n${replacementTable(served)}\n`);
  if (only !== undefined) return;
  const waiting = [await contextHash(), ...(await loading()), ...(await fiftyContainers(root, say))];
  if (process.getuid?.() === 0) waiting.push(...(await swarm(values.services ?? "10,100")));
  else say("a swarm of its own needs root: its rows are left out");
  const results: BenchResult[] = [...waiting, ...replacementResults(served)];
  writeFileSync(join(root, "bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
  say(`\n${table(waiting)}`);
  if (served.length > 0) say(`\n${replacementTable(served)}`);
}

function tasksOf({ tasks }: { readonly tasks: string }): 0 | 1 {
  if (tasks !== "0" && tasks !== "1") throw new Error(`--tasks: must be 0 or 1, got ${tasks}`);
  return tasks === "0" ? 0 : 1;
}

// The terminal sends an interrupt to the running command too; its failure ends the measurement, which then cleans up.
process.on("SIGINT", () => undefined);

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
