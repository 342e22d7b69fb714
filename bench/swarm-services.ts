import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { pause } from "../test/engine/support/processes";
import { Swarm } from "../test/engine/support/swarm";
import type { SwarmNode } from "../test/engine/support/swarm-node";
import type { Candidate } from "./candidate";
import { type BenchResult, median, milliseconds } from "./measure";
import { editedOf, stackDeploy, swarmStack } from "./swarm-candidates";

const OURS = "dockwright";
const DETACHED = "docker stack deploy";
const WAITING = "docker stack deploy --detach=false";
const names = [OURS, DETACHED, WAITING] as const;
type Name = (typeof names)[number];

const PREVIEWS = 3;
const CHANGES = 2;
const LOOK_MS = 250;
const LONGEST_MS = 1_800_000;
/** Docker's command waits five seconds for each service, one after the other: with more of them it would take the whole day. */
const WAITS_UP_TO = 10;

/** The command as a user waits for it, and the moment in which all tasks run. */
interface Up {
  readonly command: number;
  readonly running: number;
}

interface Times {
  readonly preview: number;
  readonly first: Up;
  readonly change: Up;
}

export interface Load {
  readonly services: number;
  /** Tasks of each service; none where the machine has no room for so many. */
  readonly replicas: 0 | 1;
}

/**
 * So many equal services of one task (`sleep infinity`) on a swarm of one node, an Engine of its own whose data is in
 * memory: by a SwarmStack and by `docker stack deploy`, which read the same Compose file. Each on a fresh swarm: the tasks
 * of one do not affect the other.
 */
export async function swarmServices(
  root: string,
  loads: readonly Load[],
  say: (line: string) => void,
  only = "",
): Promise<BenchResult[]> {
  const home = join(root, ".dockwright/bench-swarm"); // inside, so that programs find node_modules
  const results: BenchResult[] = [];
  for (const load of loads) {
    const times = new Map<Name, Times>();
    for (const name of names) {
      if (!name.includes(only) || (name === WAITING && load.services > WAITS_UP_TO)) continue;
      times.set(name, await onSwarm(root, home, name, load, say));
    }
    results.push(...linesOf(load, times));
  }
  return results;
}

async function onSwarm(
  root: string,
  home: string,
  name: Name,
  load: Load,
  say: (line: string) => void,
): Promise<Times> {
  const make = name === OURS ? swarmStack(root, home) : stackDeploy(home, name === WAITING);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  const swarm = await Swarm.start({ nodes: 1 });
  try {
    // Where the program looks for them; a copy, so that an edit meanwhile does not disturb.
    cpSync(join(root, "components"), join(home, "components"), { recursive: true });
    const candidate = await make(swarm.manager, load.services, load.replicas);
    return await measure({ ...candidate, name }, swarm.manager, load, say);
  } finally {
    await swarm.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(
  candidate: Candidate,
  node: SwarmNode,
  load: Load,
  say: (line: string) => void,
): Promise<Times> {
  const { name } = candidate;
  const told = (what: string, took: number, more = ""): void =>
    say(
      `  ${String(load.services).padStart(3)} services  ${what.padEnd(13)}  ${name.padEnd(35)}  ${seconds(took)}${more}`,
    );
  const up = async (what: string, revision: number): Promise<Up> => {
    const took = await timed(candidate, node, load, revision);
    told(what, took.command, load.replicas > 0 ? `, all tasks run after ${seconds(took.running)}` : "");
    return took;
  };
  const first = await up("first up", 1);
  const previews: number[] = [];
  // Who waits for each service waits as long with nothing to do; what that one's up takes is all that is compared.
  for (let count = 0; count < (name === WAITING ? 0 : PREVIEWS); count += 1) {
    const took = await milliseconds(() => candidate.preview());
    told("no-op preview", took);
    previews.push(took);
  }
  const changes: Up[] = [];
  for (let revision = 2; revision < 2 + (name === WAITING ? 1 : CHANGES); revision += 1) {
    await candidate.edit(revision);
    changes.push(await up("one-change up", revision));
  }
  const change = {
    command: median(changes.map(({ command }) => command)),
    running: median(changes.map(({ running }) => running)),
  };
  return { preview: median(previews), first, change };
}

async function timed(candidate: Candidate, node: SwarmNode, load: Load, revision: number): Promise<Up> {
  const start = performance.now();
  const since = (): number => performance.now() - start;
  const ended = new AbortController();
  const watched = allRun(node, load, revision, ended.signal).then(since);
  watched.catch(() => undefined); // told below, when the command has ended
  const command = await candidate.up().then(since, (error: unknown) => {
    ended.abort();
    throw error;
  });
  return { command, running: await watched };
}

/** Waits until every task runs, that of the edited service in this revision. */
async function allRun(
  { docker }: SwarmNode,
  { services, replicas }: Load,
  revision: number,
  given: AbortSignal,
): Promise<void> {
  const until = Date.now() + LONGEST_MS;
  const filters = JSON.stringify({ "desired-state": ["running"] });
  const edited = `REVISION=${String(revision)}`;
  const wanted = services * replicas;
  while (!given.aborted) {
    const tasks = ((await docker.listTasks({ filters })) as ListedTask[])
      .filter(({ Status }) => Status.State === "running")
      .map(({ Spec }) => Spec.ContainerSpec?.Env ?? []);
    const changed = tasks.filter((environment) => environment.includes(edited)).length;
    if (tasks.length === wanted && changed === (revision === 1 ? wanted : replicas)) return;
    if (Date.now() > until)
      throw new Error(
        `${String(wanted)} tasks must run, service-${String(editedOf(services))} in revision ${String(revision)}, got ${String(tasks.length)}`,
      );
    await pause(LOOK_MS);
  }
}

interface ListedTask {
  readonly Status: { readonly State: string };
  readonly Spec: { readonly ContainerSpec?: { readonly Env?: readonly string[] | null } };
}

function linesOf({ services, replicas }: Load, times: ReadonlyMap<Name, Times>): BenchResult[] {
  const ours = times.get(OURS);
  if (ours === undefined) return [];
  const count = `${String(services)} services${replicas === 1 ? "" : " without a task"}`;
  const row = (what: string, of: (times: Times) => number, peer: Name): BenchResult => {
    const theirs = times.get(peer);
    return {
      name: `${what}, ${count}`,
      unit: "ms",
      ours: of(ours),
      peers: theirs === undefined ? [] : [{ name: peer, value: of(theirs) }],
      ratio: theirs === undefined ? null : of(theirs) / of(ours),
    };
  };
  const up = (what: string, of: (times: Times) => Up): BenchResult[] =>
    replicas === 0
      ? [row(what, (each) => of(each).command, DETACHED)]
      : [
          row(`${what} until all tasks run`, (each) => of(each).running, DETACHED),
          row(`${what} until they have stayed healthy`, (each) => of(each).command, WAITING),
        ];
  return [
    row("no-op preview", ({ preview }) => preview, DETACHED),
    ...up("first up", ({ first }) => first),
    ...up("one-change up", ({ change }) => change),
  ];
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
