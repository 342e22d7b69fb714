/** Edits, one for each cell at a time, and how often the announcement was true. */

import { rmSync } from "node:fs";

import { SecondEngine } from "../../engine/support/second-engine";
import { PulumiProject } from "../../faults/pulumi";
import { disagreements } from "./compare";
import type { Cell } from "./cell";
import { handOf } from "./edits";
import { after, plansOf, type Size, type StackPlan } from "./plan";
import { compileProgram, HonestStack } from "./stack";
import { type Silence, silences, untruths } from "./untruths";

export interface HonestyOptions extends Size {
  readonly seed: number;
  /** Only this stack of the seed, from 1. */
  readonly only?: number | undefined;
}

export interface HonestyResult {
  readonly edits: number;
  /** Edits by kind. */
  readonly kinds: ReadonlyMap<string, number>;
  /** What the plain previews announced, by kind of consequence. */
  readonly announced: ReadonlyMap<string, number>;
  /** Announced outages that were measured. */
  readonly outages: readonly Silence[];
  readonly failures: readonly string[];
}

export async function honesty(options: HonestyOptions, say: (line: string) => void): Promise<HonestyResult> {
  const { seed, only } = options;
  const compiled = compileProgram();
  const tally = new Tally();
  try {
    for (const [index, plan] of plansOf(seed, options).entries()) {
      if (only !== undefined && only !== index + 1) continue;
      // An Engine for each: Docker 20.10 at times does not let go of a network whose containers are gone (moby/moby#42119).
      const engine = await SecondEngine.start();
      try {
        const project = new PulumiProject(compiled, `unix://${engine.socket}`);
        await tally.run(new HonestStack(engine, compiled, project), plan, index + 1, options, say);
      } finally {
        await engine.stop();
      }
    }
  } finally {
    rmSync(compiled.folder, { recursive: true, force: true });
  }
  return tally;
}

class Tally implements HonestyResult {
  edits = 0;
  readonly kinds = new Map<string, number>();
  readonly announced = new Map<string, number>();
  readonly outages: Silence[] = [];
  readonly failures: string[] = [];

  async run(
    stack: HonestStack,
    { cells: first, rounds }: StackPlan,
    number: number,
    { seed, edits, cells: wide, rounds: most }: HonestyOptions,
    say: (line: string) => void,
  ): Promise<void> {
    const replay = `replay: make honesty ARGS="--seed ${seed} --edits ${edits} --cells ${wide} --rounds ${most} --stack ${number}"`;
    const fail = (text: string): void => {
      this.failures.push(text);
      say(`  ! ${text}`);
    };
    try {
      let cells = first;
      await stack.begin(cells);
      for (const [index, round] of rounds.entries()) {
        const began = Date.now();
        const next = after(cells, round);
        const hands = round.map(({ kind }, at) => handOf(kind, next[at] as Cell));
        const result = await stack.round(next, hands);
        const found = [...disagreements(result), ...untruths(result)];
        this.outages.push(
          ...silences(result).filter(({ said, milliseconds }) => said.length > 0 && milliseconds > 0),
        );
        for (const { kind } of round) count(this.kinds, kind);
        for (const said of result.preview.components.values())
          for (const { word } of said) count(this.announced, word);
        this.edits += round.length;
        const took = `${Math.round((Date.now() - began) / 1000)} s`;
        say(
          `stack ${number}, round ${index + 1}: ${round.length} edits, ${found.length} disagreements (${took})`,
        );
        for (const { what, text } of found) fail(`${what}: ${text}; ${editOf(what, round, next)}; ${replay}`);
        cells = next;
      }
    } catch (error) {
      fail(`stack ${number}: ${error instanceof Error ? error.message : String(error)}; ${replay}`);
    }
  }
}

/** The edit of the cell that something belongs to. */
function editOf(what: string, round: StackPlan["rounds"][number], cells: StackPlan["cells"]): string {
  const index = cells.findIndex(({ name }) => new RegExp(` ${name}-`).test(what));
  const edit = round[index];
  return edit === undefined
    ? "no edit"
    : `edit "${edit.kind}" ${edit.number} made ${JSON.stringify(cells[index])}`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How long the announced outages lasted, and how far beyond the announced bounds, which leave out the start of the new one. */
export function outageText(outages: readonly Silence[]): string {
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
  const all = outages.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const beyond = outages.map(({ milliseconds, boundSeconds }) => milliseconds - boundSeconds * 1000);
  const [median, longest] = [all[Math.floor(all.length / 2)] ?? 0, all.at(-1) ?? 0];
  return `${all.length} outages measured: half of them up to ${seconds(median)} s, the longest ${seconds(longest)} s; at most ${seconds(Math.max(0, ...beyond))} s beyond both bounds`;
}

export function tableOf(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, number]) => `  ${String(number).padStart(4)}  ${key}`);
}
