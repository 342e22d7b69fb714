import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { type Candidate, CONTAINERS } from "./candidate";
import { composeCandidate } from "./compose-candidate";
import { assertRunning } from "./containers";
import { removeLeftovers } from "./leftovers";
import { type BenchResult, median, milliseconds } from "./measure";
import { dockwright, pulumiCandidate, rawPulumi } from "./pulumi-candidate";

const PREVIEWS = 3;
const CHANGES = 2;
/** A slow machine repeats less, so that the whole stays within some minutes. */
const ENOUGH_MS = 300_000;

const operations = ["no-op preview", "cold up", "one-change up"] as const;
type Operation = (typeof operations)[number];
type Times = Map<Candidate, Record<Operation, number[]>>;

/** Fifty equal containers on one network, by each candidate in turn. Leaves the host as found, also when it fails. */
export async function fiftyContainers(root: string, say: (line: string) => void): Promise<BenchResult[]> {
  const home = join(root, ".dockwright/bench"); // inside, so that programs find node_modules
  removeLeftovers(home);
  mkdirSync(home);
  try {
    // Where the program looks for them; a copy, so that an edit meanwhile does not disturb.
    cpSync(join(root, "components"), join(home, "components"), { recursive: true });
    const ours = await pulumiCandidate(root, home, dockwright(root));
    const raw = await pulumiCandidate(root, home, rawPulumi());
    const compose = composeCandidate(home);
    if (compose === undefined) say("no Docker Compose on this machine: its column stays empty");
    const candidates = [ours, raw, ...(compose ? [compose] : [])];
    const times = await measure(candidates, say);
    return operations.map((operation) => line(operation, ours, candidates, times));
  } finally {
    const left = removeLeftovers(home);
    if (left.length > 0)
      say(
        `Docker did not release ${left.join(", ")}: a Docker bug (moby/moby#42119); a restart of Docker removes it`,
      );
  }
}

/** The candidates alternate, so that a busy minute of the machine falls on all of them. */
async function measure(candidates: readonly Candidate[], say: (line: string) => void): Promise<Times> {
  const times: Times = new Map(
    candidates.map((each) => [each, { "no-op preview": [], "cold up": [], "one-change up": [] }]),
  );
  const end = Date.now() + ENOUGH_MS;
  const turn = [...candidates];
  const inTurn = async (operation: Operation, run: (each: Candidate) => unknown): Promise<void> => {
    turn.reverse(); // who comes first finds the machine at rest, but the files unread
    for (const candidate of turn) {
      const took = await milliseconds(() => run(candidate));
      times.get(candidate)?.[operation].push(took);
      say(`  ${operation.padEnd(13)}  ${candidate.name.padEnd(18)}  ${(took / 1000).toFixed(2)} s`);
    }
  };
  for (const candidate of candidates) await candidate.preview(); // warms the files and caches of each
  await inTurn("cold up", (each) => each.up());
  for (const candidate of candidates) assertRunning(candidate, 1);
  for (const candidate of candidates) await candidate.preview();
  for (let count = 0; count < PREVIEWS; count += 1) await inTurn("no-op preview", (each) => each.preview());
  for (let revision = 2; revision < 2 + CHANGES && Date.now() < end; revision += 1) {
    for (const candidate of candidates) await candidate.edit(revision);
    await inTurn("one-change up", (each) => each.up());
    for (const candidate of candidates) assertRunning(candidate, revision);
  }
  try {
    await downAll(candidates);
  } catch (error) {
    // Docker sometimes does not release a network: the measured values are kept, a second start would not be cold.
    const cause = String(error)
      .split("\n")
      .filter((line) => /error|failed/i.test(line));
    say(`no second cold up, because not all could be removed: ${(cause[0] ?? String(error)).trim()}`);
    return times;
  }
  if (Date.now() < end) await inTurn("cold up", (each) => each.up());
  return times;
}

async function downAll(candidates: readonly Candidate[]): Promise<void> {
  for (const candidate of candidates) await candidate.down();
}

function line(
  operation: Operation,
  ours: Candidate,
  candidates: readonly Candidate[],
  times: Times,
): BenchResult {
  const of = (candidate: Candidate): number => median(times.get(candidate)?.[operation] ?? []);
  const peers = candidates
    .filter((each) => each !== ours)
    .map((each) => ({ name: each.name, value: of(each) }));
  return {
    name: `${operation}, ${CONTAINERS} containers`,
    unit: "ms",
    ours: of(ours),
    peers,
    ratio: (peers[0]?.value ?? Number.NaN) / of(ours),
  };
}
