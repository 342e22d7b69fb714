/** The random walk: edits and hand-made drift, each followed by a plain `up`, with the same invariants after every step. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type Docker from "dockerode";

import { Deployment } from "../../engine/support/deployment";
import { SecondEngine } from "../../engine/support/second-engine";
import { differences } from "../observe";
import { drift } from "./drift";
import { declaredIsLive, makeForeign, secretsInClear, type Subject, VolumeAges } from "./invariants";
import { OutageWatch } from "./outage";
import { programOf } from "./program";
import { edited, nameAt, startsFirst, type Step, type Walk, walksOf, type World } from "./world";

export interface WalkResult {
  readonly seed: number;
  readonly stepsEach: number;
  readonly steps: number;
  readonly failures: readonly {
    readonly walk: number;
    readonly story: readonly string[];
    readonly problems: readonly string[];
  }[];
}

export interface WalkOptions {
  readonly seed: number;
  readonly steps: number;
  /** Steps of one stack, from its first `up` to its `destroy`. */
  readonly stepsEach: number;
  /** Only this walk of the seed, from 1. */
  readonly only?: number | undefined;
  /** Kinds of steps to pass over. */
  readonly without?: readonly string[];
}

/** Walks on an Engine of its own. */
export async function randomWalk(options: WalkOptions, say: (line: string) => void): Promise<WalkResult> {
  const { seed, steps, stepsEach, only, without = [] } = options;
  const engine = await SecondEngine.start();
  const before = process.env["DOCKER_HOST"];
  // The programs run in this process: both they and the provider ask this Engine.
  process.env["DOCKER_HOST"] = `unix://${engine.socket}`;
  const failures: WalkResult["failures"][number][] = [];
  let done = 0;
  try {
    const subject = { docker: engine.docker, project: "dw-test", stack: "walk" };
    const foreign = await makeForeign(subject);
    for (const [index, whole] of walksOf(seed, steps, stepsEach).entries()) {
      if (only !== undefined && only !== index + 1) continue;
      const walk = { ...whole, steps: whole.steps.filter((step) => !without.includes(kindOf(step))) };
      const one = new OneWalk(subject, foreign, walk);
      const began = Date.now();
      const problems = await one.run();
      done += one.done;
      const took = `${Math.round((Date.now() - began) / 1000)} s`;
      say(
        `walk ${index + 1}: ${one.done} of ${walk.steps.length} steps, ${problems.length === 0 ? "sound" : "NOT SOUND"} (${took})`,
      );
      if (problems.length === 0) continue;
      failures.push({ walk: index + 1, story: one.story, problems });
      for (const line of [...one.story, ...problems.map((problem) => `! ${problem}`)]) say(`  ${line}`);
      say(
        `  replay: --only walk --seed ${seed} --steps ${steps} --steps-each ${stepsEach} --walk ${index + 1}`,
      );
    }
  } finally {
    if (before === undefined) delete process.env["DOCKER_HOST"];
    else process.env["DOCKER_HOST"] = before;
    await engine.stop();
  }
  return { seed, stepsEach, steps: done, failures };
}

const kindOf = (step: Step): string => (step.kind === "edit" ? step.edit : step.drift);

class OneWalk {
  readonly story: string[] = [];
  done = 0;
  private readonly deployment: Deployment;
  private readonly context = mkdtempSync(join(tmpdir(), "dw-walk-"));
  private readonly ages = new VolumeAges();

  constructor(
    private readonly subject: Subject,
    private readonly foreign: () => Promise<string[]>,
    private readonly walk: Walk,
  ) {
    this.deployment = new Deployment(subject.stack);
  }

  /** Problems of the first step that has any. */
  async run(): Promise<string[]> {
    const { docker } = this.subject;
    const before = await everything(docker);
    try {
      let world = this.walk.world;
      this.story.push(`begin with ${JSON.stringify(world)}`);
      const first = await this.converges(world);
      if (first.length > 0) return first;
      for (const [index, step] of this.walk.steps.entries()) {
        const next = await this.act(world, step, index);
        const problems = await this.converges(next, withoutCutOff(world, step), index % 4 === 3);
        if (problems.length > 0) return problems;
        world = next;
        this.done++;
      }
      return await this.destroyed(before);
    } catch (error) {
      return [`the harness itself: ${String(error)}`];
    } finally {
      await removeAllBut(docker, before);
      await this.deployment.cleanUp().catch(() => undefined);
      rmSync(this.context, { recursive: true, force: true });
    }
  }

  private async act(world: World, step: Step, index: number): Promise<World> {
    if (step.kind === "edit") {
      const next = edited(world, step);
      this.story.push(`${index + 1}. edit ${step.edit}: ${changes(world, next)}`);
      return next;
    }
    const whom = await drift(this.subject.docker, world, this.subject.stack, step);
    this.story.push(`${index + 1}. by hand ${step.drift}: ${whom ?? "nothing there"}`);
    return world;
  }

  private async converges(world: World, before: World = world, refresh = false): Promise<string[]> {
    const watch = await OutageWatch.start(this.subject);
    const program = programOf(world, this.context);
    const failed = await this.deployment.up(program).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    const interrupted = watch.stop();
    if (failed !== undefined) return [`up failed: ${essence(failed)}`];
    const problems = [
      ...(await declaredIsLive(this.subject, world)),
      ...outages(interrupted, before, world),
      ...(await this.ages.check(this.subject.docker)),
      ...(await this.foreign()),
    ];
    if (problems.length > 0) return problems;
    const second = await this.deployment.up(program, { refresh }).then(
      ({ steps }) =>
        differences({}, steps).map(
          (each) => `the second up${refresh ? ", with a refresh," : ""} did something: ${each}`,
        ),
      (error: unknown) => [`the second up failed: ${essence(String(error))}`],
    );
    const written = { state: this.deployment.stateFiles(), "what Pulumi printed": this.deployment.printed };
    return [
      ...second,
      ...(await declaredIsLive(this.subject, world)),
      ...(await secretsInClear(this.subject, written)),
    ];
  }

  /** Nothing is left but the volumes, which keep their data, and builds that are kept for a roll-back. */
  private async destroyed(before: Everything): Promise<string[]> {
    await this.deployment.destroy();
    const after = await everything(this.subject.docker);
    const kept = `${this.deployment.scope}/`;
    return [
      ...differences(before.containers, after.containers),
      ...differences(before.networks, after.networks),
      ...[...after.images]
        .filter((name) => !before.images.has(name) && !name.startsWith(kept))
        .map((name) => `destroy left image ${name}`),
      ...(await this.ages.check(this.subject.docker)),
      ...(await this.foreign()),
    ];
  }
}

/** A service whose network was taken from it is out already: its way back is not counted as an outage. */
function withoutCutOff(world: World, step: Step): World {
  if (step.kind !== "drift" || step.drift !== "remove network") return world;
  const gone = nameAt(world.networks, step.other) ?? "";
  const kept = Object.entries(world.services).filter(([, { networks }]) => !networks.includes(gone));
  return { ...world, services: Object.fromEntries(kept) };
}

function outages(interrupted: ReadonlySet<string>, before: World, after: World): string[] {
  return [...interrupted].flatMap((name) => {
    const [old, now] = [before.services[name], after.services[name]];
    return old !== undefined && now !== undefined && startsFirst(old) && startsFirst(now)
      ? [`"${name}" starts first, and yet none of it ran for a moment`]
      : [];
  });
}

interface Everything {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
}

async function everything(docker: Docker): Promise<Everything> {
  const [containers, networks, { Volumes: volumes }, images] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages(),
  ]);
  return {
    containers: containers.map(({ Id }) => Id).sort(),
    networks: networks.map(({ Id }) => Id).sort(),
    volumes: new Set(volumes.map(({ Name }) => Name)),
    images: new Set(
      images.flatMap(({ Id, RepoTags }) =>
        (RepoTags ?? [Id]).map((tag) => (tag === "<none>:<none>" ? Id : tag)),
      ),
    ),
  };
}

/** The next walk begins on a clean host, whatever this one came to. */
async function removeAllBut(docker: Docker, before: Everything): Promise<void> {
  const now = await everything(docker);
  const tolerant = (action: Promise<unknown>): Promise<unknown> => action.catch(() => undefined);
  const fresh = (all: Iterable<string>, known: Iterable<string>): string[] => {
    const old = new Set(known);
    return [...all].filter((each) => !old.has(each));
  };
  for (const id of fresh(now.containers, before.containers))
    await tolerant(docker.getContainer(id).remove({ force: true }));
  for (const id of fresh(now.networks, before.networks)) await tolerant(docker.getNetwork(id).remove());
  for (const name of fresh(now.volumes, before.volumes)) await tolerant(docker.getVolume(name).remove());
  for (const name of fresh(now.images, before.images))
    await tolerant(docker.getImage(name).remove({ force: true }));
}

const changes = (before: World, after: World): string => {
  const all = differences(before, after);
  return all.length === 0 ? "nothing to change" : all.join("; ");
};

/** The part of an error of Pulumi that names the cause. */
function essence(text: string): string {
  const diagnostics =
    /^Diagnostics:\n(.*?)(?=^(?:Outputs|Resources|Duration):|(?![^]))/ms.exec(text)?.[1] ?? text;
  const lines = diagnostics.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .join(" | ")
    .slice(0, 3000);
}
