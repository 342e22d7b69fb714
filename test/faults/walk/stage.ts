/** Where a walk takes place: an Engine, the compiled program, its state and folders, and what is asked after every run. */

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Compiled } from "../compile";
import { isUnchanged, why } from "../deployment";
import { type Moment, PulumiProject, type Run } from "../pulumi";
import type { WalkSettings } from "../walk-program/settings";
import { answers, notServing, pileUps } from "./generations";
import { declaredIsLive, secretsInClear, type Subject, VolumeAges } from "./invariants";
import { OutageWatch } from "./outage";
import { startsFirst, type World } from "./world";

export class Stage {
  readonly ages = new VolumeAges();
  private readonly context: string;
  private readonly temporary: string;
  private readonly project: PulumiProject;
  private printed = "";

  constructor(
    readonly subject: Subject,
    private readonly foreign: () => Promise<string[]>,
    private readonly compiled: Compiled,
    private readonly dockerHost: string,
  ) {
    this.context = join(compiled.folder, "context");
    this.temporary = join(compiled.folder, "tmp");
    for (const folder of [this.context, this.temporary]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
    }
    this.project = new PulumiProject(compiled, dockerHost, { temporary: this.temporary });
  }

  up(world: World): Promise<Run> {
    return this.noted(this.project.dockwrightUp(this.settings(world)));
  }

  pulumiUp(world: World): Promise<Run> {
    return this.noted(this.project.up(this.settings(world)));
  }

  cancel(world: World): Promise<Run> {
    return this.noted(this.project.cancel(this.settings(world)));
  }

  interrupted(verb: "up" | "down", world: World, moment: Moment): Promise<Run> {
    return this.noted(this.project.interrupted(verb, this.settings(world), moment));
  }

  down(world: World): Promise<Run> {
    return this.noted(this.project.dockwrightDown(this.settings(world)));
  }

  get isLocked(): boolean {
    return this.project.isLocked();
  }

  /** Processes of a run that was killed. */
  get left(): readonly string[] {
    return this.project.left;
  }

  /** The same program with another state. */
  secondBackend(): PulumiProject {
    return new PulumiProject(this.compiled, this.dockerHost, {
      temporary: this.temporary,
      state: "state-of-another",
    });
  }

  settings(world: World): WalkSettings {
    const label = `LABEL walk.revision=${world.imageRevision}`;
    writeFileSync(join(this.context, "Dockerfile"), `FROM debian:bookworm-slim\n${label}\n`);
    return { world, context: this.context };
  }

  /** One `dockwright up` comes to what is declared, and a second one has nothing to do. */
  async converges(world: World, before: World = world, refresh = false): Promise<string[]> {
    const watch = await OutageWatch.start(this.subject);
    const run = await this.up(world);
    const interrupted = watch.stop();
    if (run.ended !== 0) return [`up ended with ${run.ended}: ${why(run)}`];
    const problems = [...(await this.isAsDeclared(world)), ...outages(interrupted, before, world)];
    return problems.length > 0 ? problems : this.hasNothingToDo(world, refresh);
  }

  async isAsDeclared(world: World): Promise<string[]> {
    return [
      ...(await declaredIsLive(this.subject, world)),
      ...(await answers(this.subject, world)),
      ...(await this.always()),
      ...this.temporaryFiles(),
    ];
  }

  async hasNothingToDo(world: World, refresh: boolean): Promise<string[]> {
    const second = await this.noted(this.project.again(this.settings(world), refresh));
    const written = { state: this.project.stateText(), "what was printed": this.printed };
    this.printed = "";
    return [
      ...(isUnchanged(second)
        ? []
        : [`the second up${refresh ? ", with a refresh," : ""} was not empty: ${why(second)}`]),
      ...(await declaredIsLive(this.subject, world)),
      ...(await secretsInClear(this.subject, written)),
    ];
  }

  /** After a run that failed: what served before serves, under every name. */
  async stillServes(before: World): Promise<string[]> {
    return [
      ...(await notServing(this.subject, Object.keys(before.services))),
      ...(await answers(this.subject, before)),
      ...(await this.always()),
    ];
  }

  /** After a run that was cut short: one of two versions serves, and no name mixes them. */
  async serves(services: readonly string[], ...worlds: readonly World[]): Promise<string[]> {
    return [
      ...(await notServing(this.subject, services)),
      ...(await answers(this.subject, ...worlds)),
      ...(await this.always()),
    ];
  }

  /** What holds whatever a run came to. */
  async always(): Promise<string[]> {
    return [
      ...(await pileUps(this.subject)),
      ...(await this.ages.check(this.subject.docker)),
      ...(await this.foreign()),
    ];
  }

  private temporaryFiles(): string[] {
    const left = readdirSync(this.temporary);
    return left.length === 0 ? [] : [`temporary files are left: ${left.join(", ")}`];
  }

  private async noted(run: Promise<Run>): Promise<Run> {
    const done = await run;
    this.printed += done.printed;
    return done;
  }
}

function outages(interrupted: ReadonlySet<string>, before: World, after: World): string[] {
  return [...interrupted].flatMap((name) =>
    name in before.services && name in after.services && startsFirst(before, name) && startsFirst(after, name)
      ? [`"${name}" starts first, and yet none of it ran for a moment`]
      : [],
  );
}
