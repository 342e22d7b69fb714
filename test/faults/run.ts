/**
 * `make faults`: three ways to disturb a deployment, on Docker Engines of their own beside the machine's. Several go on at
 * a time, one for each processor.
 *
 * - Faults: an update is disturbed at every single call to the Engine, in every mode; a plain `up` afterwards must come
 *   to the end state of an update without a fault.
 * - The random walk: edits, hand-made drift and runs that fail or are cut short, each followed by a plain `up`, with the same
 *   invariants after every step.
 * - Interrupt: an `up`, a replacement, a port that moves and a `down`, each killed or interrupted at a random moment.
 *
 *   --scenario containers|swarm|interrupt    (containers) what is disturbed; the walk is of containers alone
 *   --only faults|walk                       (both)
 *   --modes kill,drop,error,delay,restart    (all of them)
 *   --from N --to N --every K                only some of the calls
 *   --calls "DELETE /secrets/ID"             in their place the first call of each of these texts, with commas in between
 *   --steps N --steps-each N                 steps of the walk (300), and of one stack in it (20)
 *   --seed N --walk N                        repeat a walk, or one stack of it
 *   --without "by hand: pause;trial: Ctrl-C" moves to pass over, to look past a failure that is known
 *   --cases N --case N                       of the scenario interrupt: how many runs are cut short (40), and only one of them
 *   --resume                                 go on with what the last run has not tried, or found not to converge
 *
 * All results are in test/faults/results.json, of another scenario in results-<scenario>.json. The exit code is 1 where anything did not converge.
 */

import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { DeploymentUnderFire, type Result } from "./deployment";
import { interruptions, interruptionTable } from "./interrupt/interrupt";
import { MODES, type Mode } from "./modes";
import type { Scenario } from "./scenario";
import { Containers } from "./scenarios/containers";
import { SwarmServices } from "./scenarios/swarm";
import { resultLine, table, walkLines } from "./table";
import { randomWalks, type WalkResult } from "./walk/walk";

export interface Report {
  /** How many calls an update without a fault made. */
  calls: number;
  faults: Result[];
  walk?: WalkResult;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scenario: { type: "string", default: "containers" },
      only: { type: "string" },
      modes: { type: "string", default: MODES.join(",") },
      from: { type: "string", default: "1" },
      to: { type: "string" },
      every: { type: "string", default: "1" },
      calls: { type: "string" },
      steps: { type: "string", default: "300" },
      "steps-each": { type: "string", default: "20" },
      seed: { type: "string" },
      walk: { type: "string" },
      without: { type: "string", default: "" },
      cases: { type: "string", default: "40" },
      case: { type: "string" },
      resume: { type: "boolean", default: false },
    },
  });
  if (values.only !== undefined && values.only !== "faults" && values.only !== "walk")
    throw new Error(`--only: must be faults or walk, got "${values.only}"`);
  const say = (line: string): void => console.log(line);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  if (values.scenario === "interrupt") {
    const cases = atLeastOne("--cases", values.cases) ?? 40;
    return cutShort({ seed, cases, only: atLeastOne("--case", values.case), stop: stopping.signal }, say);
  }
  const begin = SCENARIOS.get(values.scenario);
  if (begin === undefined)
    throw new Error(
      `--scenario: must be one of ${[...SCENARIOS.keys(), "interrupt"].join(", ")}, got "${values.scenario}"`,
    );
  const isDefault = values.scenario === "containers";
  const file = join(__dirname, isDefault ? "results.json" : `results-${values.scenario}.json`);
  const only = isDefault ? values.only : "faults";
  const report: Report = values.resume ? former(file) : { calls: 0, faults: [] };
  if (report.faults.length > 0) say(`${report.faults.length} faults are known to converge from the last run`);
  const save = (): void => writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);

  const walking = {
    seed,
    steps: atLeastOne("--steps", values.steps) ?? 300,
    stepsEach: atLeastOne("--steps-each", values["steps-each"]) ?? 20,
    only: atLeastOne("--walk", values.walk),
    // Moves have commas in their names.
    without: values.without.split(";").filter((kind) => kind !== ""),
    stop: stopping.signal,
  };
  const range = {
    modes: values.modes.split(",").map(modeNamed),
    from: atLeastOne("--from", values.from) ?? 1,
    to: atLeastOne("--to", values.to) ?? Number.POSITIVE_INFINITY,
    every: atLeastOne("--every", values.every) ?? 1,
    calls: values.calls?.split(","),
  };
  const faults = new Faults(begin, range, report, say, save);
  process.once("SIGINT", () => {
    say("stopped after the step under way");
    void faults.stop().finally(() => {
      if (only === "faults") process.exit(130);
    });
  });
  const lanes = Math.min(availableParallelism(), 4);
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      if (lane === lanes - 1 && only !== "faults" && report.walk === undefined) {
        say(`random walk, seed ${seed}`);
        // Alone, it goes on in the other lanes as well.
        report.walk = await randomWalks(
          walking,
          only === "walk" && walking.only === undefined ? lanes : 1,
          say,
        );
        save();
      }
      if (only !== "walk") await faults.lane();
    }),
  );
  say(
    ["", ...(report.faults.length > 0 ? [table(report.faults)] : []), ...walkLines(report.walk)].join("\n"),
  );
  const failed = report.faults.some(({ converged }) => !converged) || (report.walk?.failures.length ?? 0) > 0;
  if (failed) process.exitCode = 1;
}

async function cutShort(
  options: Parameters<typeof interruptions>[0],
  say: (line: string) => void,
): Promise<void> {
  say(`runs that are cut short, seed ${options.seed}`);
  const results = await interruptions(options, say);
  say(`\n${interruptionTable(results)}`);
  if (results.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

const SCENARIOS: ReadonlyMap<string, () => Promise<Scenario>> = new Map<string, () => Promise<Scenario>>([
  ["containers", () => Containers.start()],
  ["swarm", () => SwarmServices.start()],
]);

/** What the last run found sound. */
function former(file: string): Report {
  if (!existsSync(file)) return { calls: 0, faults: [] };
  const { calls, faults, walk } = JSON.parse(readFileSync(file, "utf8")) as Report;
  return {
    calls,
    faults: faults.filter(({ converged }) => converged),
    ...(walk !== undefined && walk.failures.length === 0 && { walk }),
  };
}

interface Range {
  readonly modes: readonly Mode[];
  readonly from: number;
  readonly to: number;
  readonly every: number;
  /** The texts of calls, in the place of numbers. */
  readonly calls: readonly string[] | undefined;
}

interface Case {
  readonly mode: Mode;
  readonly at: number | string;
}

/** The faults that are still to be tried; lanes take them one by one, each on a deployment of its own. */
class Faults {
  private queue: Case[] | undefined;
  private readonly deployments = new Set<DeploymentUnderFire>();

  constructor(
    private readonly begin: () => Promise<Scenario>,
    private readonly range: Range,
    private readonly report: Report,
    private readonly say: (line: string) => void,
    private readonly save: () => void,
  ) {}

  async lane(): Promise<void> {
    if (this.queue?.length === 0) return;
    const deployment = await DeploymentUnderFire.start(this.begin);
    this.deployments.add(deployment);
    try {
      const { length: calls } = await deployment.undisturbed();
      const queue = (this.queue ??= this.planned(calls));
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const result = await deployment.disturbed(next.mode, next.at);
        this.report.faults.push(result);
        this.say(resultLine(result, this.report.calls));
        this.save();
      }
    } catch (error) {
      this.queue = [];
      throw error;
    } finally {
      this.deployments.delete(deployment);
      await deployment.stop();
    }
  }

  /** Removes the Engines; the commands that run meanwhile fail. */
  async stop(): Promise<void> {
    this.queue?.splice(0);
    await Promise.all([...this.deployments].map((deployment) => deployment.stop()));
  }

  private planned(calls: number): Case[] {
    const { modes, from, to, every, calls: texts } = this.range;
    const known = new Set(
      this.report.faults.flatMap(({ mode, n, call }) => [`${mode} ${n}`, `${mode} ${call}`]),
    );
    this.report.calls = Math.max(calls, this.report.calls);
    this.say(`an update without a fault makes ${calls} calls to the Engine`);
    const last = Math.min(this.report.calls, to);
    const numbers = Array.from(
      { length: Math.max(0, Math.ceil((last - from + 1) / every)) },
      (_, at) => from + at * every,
    );
    return modes
      .flatMap((mode) => (texts ?? numbers).map((at) => ({ mode, at })))
      .filter(({ mode, at }) => !known.has(`${mode} ${at}`));
  }
}

function modeNamed(name: string): Mode {
  const mode = MODES.find((each) => each === name);
  if (mode === undefined) throw new Error(`--modes: must be some of ${MODES.join(", ")}, got "${name}"`);
  return mode;
}

function atLeastOne(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`${option}: must be a whole number from 1, got "${text}"`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
