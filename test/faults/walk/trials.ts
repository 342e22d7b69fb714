/** Runs that must not go through, or are cut short; what must hold then, and the run that does go through. */

import { why } from "../deployment";
import { differences } from "../observe";
import type { Interruption, Run } from "../pulumi";
import { untouchable } from "./host";
import type { Stage } from "./stage";
import type { Trial } from "./steps";
import {
  broken,
  type Choice,
  nameAt,
  NETWORKS,
  nextVersion,
  renameSlot,
  type World,
  withService,
} from "./world";

export interface Tried {
  readonly problems: readonly string[];
  /** What the next run declares, and must come to. */
  readonly next: World;
  /** For the story of the walk. */
  readonly what: string;
}

type Run_ = (stage: Stage, world: World, choice: Choice) => Promise<Tried>;

/** Each up to, and without, the run that must converge. */
export const trials: Record<Trial, Run_> = {
  "fail, retry, correct": async (stage, world, choice) => {
    const { problems, what } = await failsTwice(stage, world, choice);
    return { problems, what, next: nextVersion(world) };
  },
  "fail, retry, revert": async (stage, world, choice) => {
    const { problems, what } = await failsTwice(stage, world, choice);
    return { problems, what, next: world };
  },
  "second backend": async (stage, world, { other }) => {
    const before = await untouchable(stage.subject.docker);
    const second = stage.secondBackend();
    const up = await second.dockwrightUp(stage.settings(world));
    const down = other % 2 === 0 ? await second.dockwrightDown(stage.settings(world)) : undefined;
    return {
      next: world,
      what: down === undefined ? "up" : "up, down",
      problems: [
        ...refused(up, /another backend|another state/),
        ...(down === undefined || down.ended === 0
          ? []
          : [`its down ended with ${down.ended}: ${why(down)}`]),
        ...differences(before, await untouchable(stage.subject.docker)).map(
          (each) => `another backend: ${each}`,
        ),
      ],
    };
  },
  "foreign container": async (stage, world, { service }) => {
    const next = withService(world, service);
    const name = Object.keys(next?.services ?? {}).find((each) => !(each in world.services));
    if (next === undefined || name === undefined) return nothing(world);
    const { docker } = stage.subject;
    const container = await docker.createContainer({
      name: hostName(stage, name),
      Image: "debian:bookworm-slim",
      Cmd: ["sleep", "infinity"],
      HostConfig: { Init: true },
    });
    await container.start();
    const problems = await isRefused(stage, next);
    await container.remove({ force: true });
    return { problems, next, what: name };
  },
  "foreign network": async (stage, world, { other }) => {
    const unused = NETWORKS.find((each) => !world.networks.includes(each));
    const next =
      unused === undefined
        ? renameSlot(world, nameAt(world.networks, other), "new")
        : { ...world, networks: [...world.networks, unused].sort() };
    const name = unused ?? `${nameAt(world.networks, other) ?? ""}-${world.serial}`;
    const network = await stage.subject.docker.createNetwork({ Name: hostName(stage, name) });
    const problems = await isRefused(stage, next);
    await network.remove();
    return { problems, next, what: name };
  },
  "foreign volume": async (stage, world, { other }) => {
    const slot = nameAt(world.volumes, other);
    if (slot === undefined) return nothing(world);
    const next = renameSlot(world, slot, "new");
    const name = hostName(stage, `${slot}-${world.serial}`);
    await stage.subject.docker.createVolume({ Name: name });
    const problems = await isRefused(stage, next);
    await stage.subject.docker.getVolume(name).remove();
    stage.ages.forget(name);
    return { problems, next, what: name };
  },
  "Ctrl-C": async (stage, world, { service, other }) => {
    const next = { ...nextVersion(world), imageRevision: world.imageRevision + (other % 2) };
    const by: Interruption = service % 2 === 0 ? "Ctrl-C" : "SIGINT";
    const at = 800 + other * 450;
    const run = await stage.interrupted("up", next, { by, at });
    return {
      next: service % 3 === 0 ? world : next,
      what: `${by} after ${at} ms, ended with ${run.ended}; then ${service % 3 === 0 ? "the former" : "the same"} program`,
      problems: (await stage.serves(Object.keys(world.services), world, next)).map(
        (each) => `${by} after ${at} ms, which ended with ${run.ended}: ${each}; it said: ${why(run)}`,
      ),
    };
  },
};

const nothing = (world: World): Tried => ({ problems: [], next: world, what: "nothing there" });
const hostName = ({ subject: { project, stack } }: Stage, name: string): string =>
  `${project}-${stack}-${name}`;

async function failsTwice(
  stage: Stage,
  world: World,
  choice: Choice,
): Promise<{ problems: string[]; what: string }> {
  const bad = broken(nextVersion(world), choice);
  const problems: string[] = [];
  for (const attempt of ["first", "second"]) {
    const run = await stage.up(bad);
    const found = [
      ...(run.ended === 1 ? [] : [`it ended with ${run.ended}, must fail: ${why(run)}`]),
      ...(await stage.stillServes(world)),
    ];
    problems.push(...found.map((each) => `after the ${attempt} failure: ${each}; it said: ${why(run)}`));
    if (problems.length > 0) break;
  }
  const [name, how] =
    Object.entries(bad.services)
      .map(([each, { broken: by }]) => [each, by] as const)
      .find(([, by]) => by !== undefined) ?? [];
  return { problems, what: `${name ?? ""} ${how ?? ""}` };
}

/** A run that is refused over something on the host, and changes nothing. */
async function isRefused(stage: Stage, world: World): Promise<string[]> {
  const before = await untouchable(stage.subject.docker);
  const run = await stage.up(world);
  return [
    ...refused(run, /made by hand|by hand|not managed by|created by/),
    ...differences(before, await untouchable(stage.subject.docker)).map(
      (each) => `although refused: ${each}`,
    ),
  ];
}

function refused(run: Run, saying: RegExp): string[] {
  if (run.ended === 1 && saying.test(run.printed)) return [];
  return [`ended with ${run.ended}, must be refused: ${why(run)}`];
}
