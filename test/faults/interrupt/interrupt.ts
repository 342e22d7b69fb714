/**
 * `make faults ARGS="--scenario interrupt"`: an `up`, a replacement, a port that moves and a `down`, each killed or interrupted at a
 * random moment. The next plain `dockwright up` must converge, and so must `pulumi up` after `pulumi cancel`.
 */

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { SecondEngine } from "../../engine/support/second-engine";
import { pause } from "../../engine/support/processes";
import { why } from "../deployment";
import { PROJECT, type Run, STACK } from "../pulumi";
import { everything, type Everything, removeAllBut } from "../walk/host";
import { makeForeign } from "../walk/invariants";
import { Stage } from "../walk/stage";
import { compileWalk } from "../walk/walk";
import type { World } from "../walk/world";
import { after, type Case, casesOf, FIRST, type Operation, OPERATIONS } from "./cases";

export interface Interrupted extends Case {
  /** The exit code, or the signal that ended the command. */
  readonly ended: number | string;
  readonly seconds: number;
  readonly problems: readonly string[];
}

interface Options {
  readonly seed: number;
  readonly cases: number;
  /** Only this one, from 1. */
  readonly only?: number | undefined;
  /** Asks to end after the case under way. */
  readonly stop?: AbortSignal;
}

export async function interruptions(options: Options, say: (line: string) => void): Promise<Interrupted[]> {
  const { seed, cases, only } = options;
  const engine = await SecondEngine.start();
  const compiled = compileWalk();
  const results: Interrupted[] = [];
  try {
    const subject = { docker: engine.docker, project: PROJECT, stack: STACK };
    const foreign = await makeForeign(subject);
    const bare = await everything(engine.docker);
    const begin = (): Stage => new Stage(subject, foreign, compiled, `unix://${engine.socket}`);
    const scene = new Scene(begin, bare);
    const lengths = await scene.lengths();
    say(OPERATIONS.map((each) => `${each} takes ${(lengths[each] / 1000).toFixed(1)} s`).join(", "));
    for (const [index, one] of casesOf(seed, cases, lengths).entries()) {
      if ((only !== undefined && only !== index + 1) || options.stop?.aborted === true) continue;
      const result = await scene.play(one);
      results.push(result);
      say(line(index + 1, result));
      for (const problem of result.problems) say(`   ! ${problem}`);
      if (result.problems.length > 0) await scene.afresh();
    }
  } finally {
    await engine.stop();
    keep(results);
    rmSync(compiled.folder, { recursive: true, force: true });
  }
  return results;
}

class Scene {
  private stage: Stage;
  private world = FIRST;

  constructor(
    private readonly begin: () => Stage,
    private readonly bare: Everything,
  ) {
    this.stage = begin();
  }

  /** How long each operation takes, undisturbed: moments are chosen within. */
  async lengths(): Promise<Record<Operation, number>> {
    const lengths = { "first up": 0, replacement: 0, "port move": 0, down: 0 };
    for (const operation of OPERATIONS) {
      this.world = after(this.world, operation);
      const run = operation === "down" ? await this.stage.down(this.world) : await this.stage.up(this.world);
      if (run.ended !== 0) throw new Error(`undisturbed, ${operation} ended with ${run.ended}: ${why(run)}`);
      lengths[operation] = run.seconds * 1000;
    }
    await this.afresh();
    return lengths;
  }

  /** Everything is removed and deployed again. */
  async afresh(): Promise<void> {
    await this.clear();
    const run = await this.stage.up(this.world);
    if (run.ended !== 0) throw new Error(`undisturbed, up ended with ${run.ended}: ${why(run)}`);
  }

  private async clear(): Promise<void> {
    for (let tries = 0; this.stage.left.length > 0 && tries < 50; tries++) await pause(200);
    await removeAllBut(this.stage.subject.docker, this.bare);
    this.stage = this.begin();
    this.world = FIRST;
  }

  async play(one: Case): Promise<Interrupted> {
    const { operation, by, at } = one;
    if (operation === "first up") await this.clear();
    const began = Date.now();
    const former = this.world;
    const target = after(former, operation);
    const run = await this.stage.interrupted(operation === "down" ? "down" : "up", target, { by, at });
    this.world = target;
    const problems = [...(await this.meanwhile(one, run, former)), ...(await this.recovers(one, target))];
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    const said = problems.length === 0 ? [] : [`the ${operation} said: ${why(run)}`];
    return { ...one, ended: run.ended, seconds, problems: [...problems, ...said] };
  }

  /** Interrupted and not killed, a run has finished or undone what it began; else it says what is down. */
  private async meanwhile({ operation, by }: Case, run: Run, former: World): Promise<string[]> {
    if (operation === "first up" || operation === "down") return [];
    const target = this.world;
    const down = await this.stage.serves(Object.keys(former.services), former, target);
    if (by === "Ctrl-C" || by === "SIGINT") return down.map((each) => `after ${by}: ${each}`);
    const stopped = down.flatMap((each) => /^of "(\w+)" 0 run/.exec(each)?.[1] ?? []);
    return stopped
      .filter((name) => !new RegExp(`==> down: .*"${name}".*dockwright up`).test(run.printed))
      .map((name) => `"${name}" is down, and the command did not say so`);
  }

  private async recovers({ next, by }: Case, target: World): Promise<string[]> {
    // What a run that was cut short left is not measured for gaps.
    const nobody = { ...target, services: {} };
    if (next === "dockwright up") {
      const found = await this.stage.converges(target, nobody);
      // Interrupted, Pulumi can leave its provider idle, which ends when it next misses its engine, within five minutes.
      const left = by === "SIGKILL" ? this.stage.left : [];
      return left.length === 0 ? found : [...found, `processes of the run go on: ${left.join("; ")}`];
    }
    // Without the program, what else of the run was left ends by itself.
    for (let tries = 0; this.stage.left.length > 0 && tries < 50; tries++) await pause(200);
    if (this.stage.isLocked) await this.stage.cancel(target);
    const run = await this.stage.pulumiUp(target);
    if (run.ended !== 0) return [`pulumi up ended with ${run.ended}: ${why(run)}`];
    const problems = await this.stage.isAsDeclared(target);
    return problems.length > 0 ? problems : this.stage.hasNothingToDo(target, false);
  }
}

function line(number: number, { operation, by, at, next, ended, seconds, problems }: Interrupted): string {
  const converged = problems.length === 0 ? "converged" : "NOT SOUND";
  return [
    String(number).padStart(3),
    operation.padEnd(12),
    `${(at / 1000).toFixed(1)} s`.padStart(7),
    by.padEnd(13),
    `ended ${ended}`.padEnd(14),
    next.padEnd(14),
    converged.padEnd(10),
    `${seconds.toFixed(1)} s`,
  ].join(" ");
}

/** Operation by operation: how many, and how many of them were sound. */
export function interruptionTable(results: readonly Interrupted[]): string {
  const row = (name: string, own: readonly Interrupted[]): string => {
    const sound = own.filter(({ problems }) => problems.length === 0).length;
    const slowest = Math.max(0, ...own.map(({ seconds }) => seconds));
    return `${name.padEnd(14)} converged ${sound} of ${own.length}, the slowest in ${slowest.toFixed(1)} s`;
  };
  const by = (key: "operation" | "by" | "next"): string[] =>
    [...new Set(results.map((each) => each[key]))].map((value) =>
      row(
        value,
        results.filter((each) => each[key] === value),
      ),
    );
  return [...by("operation"), ...by("by"), ...by("next"), row("all", results)].join("\n");
}

function keep(results: readonly Interrupted[]): void {
  writeFileSync(join(__dirname, "../results-interrupt.json"), `${JSON.stringify(results, null, 2)}\n`);
}
