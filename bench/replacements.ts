import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { type Candidate, PREFIX, projectName } from "./candidate";
import { composeCandidate } from "./compose-candidate";
import { assertOnly } from "./containers";
import { removeLeftovers } from "./leftovers";
import { isServed, Load, type Outcome } from "./load";
import { median, milliseconds } from "./measure";
import { runCommand } from "./process";
import { dockwright, plainEnvironment, pulumiCandidate, rawPulumi } from "./pulumi-candidate";
import { AT_LEAST, type Replacements } from "./replacements-table";

export const REPLACEMENTS = 20;
const PER_SECOND = 200;
const PAUSE_MS = 3_000;
const FIRST_MS = 30_000;
const PORTS = { raw: 18471, compose: 18472, stopFirst: 18473, startFirst: 18474 };
const IMAGE = `${PREFIX}server:1`;

interface Row {
  readonly candidate: Candidate;
  readonly port: number;
  readonly ours?: "stop-first" | "start-first";
}

/**
 * One web server (nginx, of apps/front, with its own health check and a graceful stop) behind one port of 127.0.0.1,
 * replaced for a changed variable under a constant load: by the bare provider, by Docker Compose, and by dockwright in
 * both orders, start-first behind a Gateway. Each as its documentation shows it: the first two are done with an update
 * when the new one was started, dockwright when it has stayed healthy.
 *
 * In every row it is on a network of its own with a neighbour that stays: a bridge without any container goes down, and
 * Linux notices only once a second that it is up again. That second would be the same for all and hide the rest.
 *
 * `only`: a part of the names of the rows to measure.
 */
export async function replacements(
  root: string,
  count: number,
  say: (line: string) => void,
  only = "",
): Promise<Replacements[]> {
  const home = join(root, ".dockwright/bench");
  const surroundings = { cwd: root, env: plainEnvironment() };
  removeLeftovers(home);
  mkdirSync(home);
  const results: Replacements[] = [];
  try {
    cpSync(join(root, "components"), join(home, "components"), { recursive: true });
    await runCommand("docker", ["build", "--quiet", "--tag", IMAGE, join(root, "apps/front")], surroundings);
    for (const row of await rowsOf(root, home)) {
      if (!row.candidate.name.includes(only)) continue;
      const result = await underLoad(row, count);
      const { name, failed, sent, longestGap } = result;
      say(
        `  ${name.padEnd(32)}  ${String(failed)} of ${String(sent)} requests failed, ` +
          `longest gap ${longestGap.toFixed(0)} ms, one update ${(result.update / 1000).toFixed(2)} s`,
      );
      results.push(result);
    }
    return results;
  } finally {
    removeLeftovers(home);
    await runCommand("docker", ["image", "rm", IMAGE], surroundings).catch(() => undefined);
  }
}

async function rowsOf(root: string, home: string): Promise<Row[]> {
  const raw = await pulumiCandidate(root, home, {
    ...rawPulumi(),
    project: projectName("raw-load"),
    prefix: `${PREFIX}raw-web`,
    program: "raw-load-program.ts",
  });
  const compose = composeCandidate(home, "load", composeFile);
  const ours = async (order: "stop-first" | "start-first", name: string, port: number): Promise<Row> => {
    const project = projectName(order);
    const given = { ...dockwright(root), name, project, prefix: project, program: `${order}-program.ts` };
    return { candidate: await pulumiCandidate(root, home, given), port, ours: order };
  };
  return [
    { candidate: raw, port: PORTS.raw },
    ...(compose === undefined ? [] : [{ candidate: compose, port: PORTS.compose }]),
    await ours("stop-first", "dockwright stop-first", PORTS.stopFirst),
    await ours("start-first", "dockwright start-first, Gateway", PORTS.startFirst),
  ];
}

async function underLoad({ candidate, port, ours }: Row, count: number): Promise<Replacements> {
  await candidate.up();
  await served(candidate, port);
  assertOnly(candidate, 1);
  const load = new Load(port, PER_SECOND);
  const began = Date.now();
  const took: number[] = [];
  const gaps: number[] = [];
  let outcome: Outcome;
  try {
    for (let revision = 2; revision < 2 + count; revision += 1) {
      await candidate.edit(revision);
      load.lap();
      took.push(await milliseconds(() => candidate.up()));
      // Each gap by itself, also of who is quick to make the next one.
      await sleep(PAUSE_MS);
      gaps.push(load.lap());
      assertOnly(candidate, revision);
    }
    if (ours === "start-first") await sleep(began + (AT_LEAST / PER_SECOND + 1) * 1000 - Date.now());
  } finally {
    outcome = await load.stop();
  }
  await candidate.down();
  const measured = { replacements: count, gap: median(gaps), update: median(took), ...outcome };
  return { name: candidate.name, ...(ours !== undefined && { ours }), ...measured };
}

/** Waits until its first version serves. */
async function served({ name }: Candidate, port: number): Promise<void> {
  const until = Date.now() + FIRST_MS;
  while (!(await isServed(port))) {
    if (Date.now() > until) throw new Error(`${name}: nothing answers on port ${String(port)} of 127.0.0.1`);
    await sleep(100);
  }
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}

function composeFile(revision: number): object {
  return {
    services: {
      neighbour: { image: IMAGE, init: true },
      web: {
        image: IMAGE,
        environment: { REVISION: String(revision) },
        ports: [`127.0.0.1:${String(PORTS.compose)}:8080`],
        init: true,
      },
    },
  };
}
