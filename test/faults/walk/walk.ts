/**
 * The random walk: edits, hand-made drift and runs that fail or are cut short, each followed by a plain `dockwright up`, with the
 * same invariants after every step.
 */

import { rmSync } from "node:fs";

import { SecondEngine } from "../../engine/support/second-engine";
import { compile, type Compiled } from "../compile";
import { why } from "../deployment";
import { differences } from "../observe";
import { PROJECT, STACK } from "../pulumi";
import { drift } from "./drift";
import { everything, type Everything, removeAllBut } from "./host";
import { makeForeign, type Subject } from "./invariants";
import { Stage } from "./stage";
import { moveOf, type Step, type Walk, walksOf } from "./steps";
import { trials } from "./trials";
import { edited, nameAt, type World } from "./world";

export interface WalkResult {
  readonly seed: number;
  readonly stepsEach: number;
  readonly steps: number;
  readonly seconds: number;
  /** How often each move was made. */
  readonly moves: Readonly<Record<string, number>>;
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
  /** Moves to pass over, such as `by hand: pause`. */
  readonly without?: readonly string[];
  /** Asks to end after the step under way. */
  readonly stop?: AbortSignal;
}

/** Several walks at a time, each on an Engine of its own. */
export async function randomWalks(
  options: WalkOptions,
  lanes: number,
  say: (line: string) => void,
): Promise<WalkResult> {
  const began = Date.now();
  const results = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => randomWalk(options, say, { lane, lanes })),
  );
  const moves: Record<string, number> = {};
  for (const result of results)
    for (const [move, count] of Object.entries(result.moves)) moves[move] = (moves[move] ?? 0) + count;
  return {
    seed: options.seed,
    stepsEach: options.stepsEach,
    steps: results.reduce((sum, { steps }) => sum + steps, 0),
    seconds: Math.round((Date.now() - began) / 1000),
    moves,
    failures: results.flatMap(({ failures }) => failures),
  };
}

/** Walks on an Engine of its own. */
export async function randomWalk(
  options: WalkOptions,
  say: (line: string) => void,
  { lane, lanes } = { lane: 0, lanes: 1 },
): Promise<WalkResult> {
  const { seed, steps, stepsEach, only, without = [] } = options;
  const engine = await SecondEngine.start();
  const compiled = compileWalk();
  const failures: WalkResult["failures"][number][] = [];
  const moves: Record<string, number> = {};
  const started = Date.now();
  let done = 0;
  try {
    const subject = { docker: engine.docker, project: PROJECT, stack: STACK };
    const foreign = await makeForeign(subject);
    for (const [index, whole] of walksOf(seed, steps, stepsEach).entries()) {
      if (only === undefined ? index % lanes !== lane : only !== index + 1) continue;
      if (options.stop?.aborted === true) break;
      const walk = { ...whole, steps: whole.steps.filter((step) => !without.includes(moveOf(step))) };
      const stage = new Stage(subject, foreign, compiled, `unix://${engine.socket}`);
      const one = new OneWalk(subject, stage, walk, options.stop);
      const began = Date.now();
      const problems = await one.run();
      done += one.done;
      for (const step of walk.steps.slice(0, one.done)) moves[moveOf(step)] = (moves[moveOf(step)] ?? 0) + 1;
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
    await engine.stop();
    rmSync(compiled.folder, { recursive: true, force: true });
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  return { seed, stepsEach, steps: done, seconds, moves, failures };
}

export function compileWalk(): Compiled {
  return compile("test/faults/walk-program", "test/faults/program/settings.ts");
}

class OneWalk {
  readonly story: string[] = [];
  done = 0;

  constructor(
    private readonly subject: Subject,
    private readonly stage: Stage,
    private readonly walk: Walk,
    private readonly stop: AbortSignal | undefined,
  ) {}

  /** Problems of the first step that has any. */
  async run(): Promise<string[]> {
    const { docker } = this.subject;
    const before = await everything(docker);
    try {
      let { world } = this.walk;
      let former = world;
      this.story.push(`begin with ${JSON.stringify(world)}`);
      const first = await this.stage.converges(world);
      if (first.length > 0) return first;
      for (const [index, step] of this.walk.steps.entries()) {
        if (this.stop?.aborted === true) break;
        const { next, from, problems } = await this.act(world, step, index, former);
        if (problems.length > 0) return [...problems];
        const found = await this.stage.converges(next, from, index % 4 === 3);
        if (found.length > 0) return found;
        if (next !== world) [former, world] = [world, next];
        this.done++;
      }
      return await this.destroyed(before, world);
    } catch (error) {
      return [`the harness itself: ${error instanceof Error ? (error.stack ?? "") : String(error)}`];
    } finally {
      await removeAllBut(docker, before);
    }
  }

  /** Makes the move. Answers the world to come to, and the one whose services may have no gap on the way there. */
  private async act(
    world: World,
    step: Step,
    index: number,
    former: World,
  ): Promise<{ next: World; from: World; problems: readonly string[] }> {
    const tell = (text: string): unknown => this.story.push(`${index + 1}. ${moveOf(step)}: ${text}`);
    if (step.kind === "edit") {
      const next = edited(world, step.edit, step, former);
      tell(changes(world, next));
      return { next, from: world, problems: [] };
    }
    if (step.kind === "drift") {
      const done = await drift(this.subject, world, step.drift, step);
      tell(done?.whom ?? "nothing there");
      if (done?.volume !== undefined) this.stage.ages.forget(done.volume);
      return { next: world, from: withoutCutOff(world, step), problems: [] };
    }
    const { next, problems, what } = await trials[step.trial](this.stage, world, step);
    tell(`${what}; ${changes(world, next)}`);
    // What a run that was cut short left is not measured for gaps.
    return { next, from: step.trial === "Ctrl-C" ? { ...world, services: {} } : world, problems };
  }

  /** Nothing is left but the volumes, which keep their data, and builds that are kept for a roll-back. */
  private async destroyed(before: Everything, world: World): Promise<string[]> {
    const down = await this.stage.down(world);
    const after = await everything(this.subject.docker);
    const kept = `${this.subject.project}-${this.subject.stack}/`;
    return [
      ...(down.ended === 0 ? [] : [`down ended with ${down.ended}: ${why(down)}`]),
      ...differences(before.containers, after.containers),
      ...differences(before.networks, after.networks),
      ...[...after.images]
        .filter((name) => !before.images.has(name) && !name.startsWith(kept))
        .map((name) => `destroy left image ${name}`),
      ...(await this.stage.always()),
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

const changes = (before: World, after: World): string => {
  const all = differences(before, after);
  return all.length === 0 ? "nothing to change" : all.join("; ");
};
