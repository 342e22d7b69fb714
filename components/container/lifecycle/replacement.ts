/** The replacement of one container in one run: the steps on the host before and after its creation. */

import type * as pulumi from "@pulumi/pulumi";

import { applyUpdates } from "../engine/updates";
import { hostContainers } from "../../deployment/look/engine/containers";
import { joinAliases, keepStopped, removeAll, renameTo } from "../engine/hand-over";
import { switchNames } from "../engine/switch-names";
import { portHolders } from "../ports/engine";
import {
  watchUntil,
  waitUntilReady,
  waitUntilSucceeded,
  failureNow,
  failureReportOf,
} from "../health/engine";
import { failedName, type HostContainer, undoneName } from "../live";

import { valueOf } from "../../core/later";
import { tell } from "../../core/tell";
import { announceReplacement } from "./announce";
import type { Deployment } from "../../deployment/deployment";
import { failUpdate } from "../../deployment/fail";
import type { Member } from "../../deployment/member";
import { needsOf } from "./needs";
import { lateFailure, missingContainer, replacementFailure, rolledBack } from "../health/failures";
import { obstacle } from "./obstacle";
import { generationsOf, isRunning, nameHolderOf, predecessors, releases } from "../../deployment/plan/plan";
import type { ReplacementPlan } from "./plan";
import { StandBy } from "./stand-by";

/**
 * `declared`: nothing was done. `begun`: it is being created. `proven`: it is ready, and the old one is on standby.
 * `ended`: it failed, was rolled back, or took over.
 */
type Phase = "declared" | "begun" | "proven" | "ended";

export class Replacement implements Member {
  private phase: Phase = "declared";
  private id: string | undefined;
  /** When it became ready in this run. */
  private readyAt: number | undefined;
  /** The containers on standby for it. */
  private readonly standBy = new StandBy();

  constructor(
    readonly run: Deployment,
    readonly plan: ReplacementPlan,
    readonly component: pulumi.Resource,
  ) {
    run.members.push(this);
    run.declared.push(plan.declared);
  }

  async before(args: pulumi.ResourceHookArgs): Promise<void> {
    const { newInputs = {} } = args;
    const { engine, failed } = this.run;
    const { hostName, order, name } = this.plan;
    if (failed !== undefined) throw new Error(`${this.what} was not started, because ${failed}`);
    const identity = await this.run.identity;
    const all = await hostContainers(engine);
    const live = predecessors(all, identity, this.plan);
    const needs = needsOf(name, hostName, newInputs);
    const rest = all.filter((each) => !live.includes(each));
    const released = releases(needs, rest, identity, this.run.declared).map(({ holder }) => holder);
    const { what, plan } = this;
    const free = [...live, ...released];
    const inTheWay = await obstacle(engine, { what, owner: plan.owner, needs, all, free, identity });
    if (inTheWay !== undefined) {
      await this.run.fail(this.what, this);
      throw new Error(inTheWay);
    }
    await announceReplacement(this, args);
    this.phase = "begun";
    await this.standBy.makeRoom(engine, {
      newName: String(newInputs["name"]),
      hostName,
      generations: generationsOf(live, hostName, identity),
      nameHolder: nameHolderOf(needs, rest, identity),
      released,
      stops: order === "stop-first",
      isJob: "job" in this.plan.goal,
    });
    this.standBy.stopped.forEach(({ id }) => this.run.standingBy.add(id));
    await Promise.all(this.run.members.map(async (each) => each.follow?.(released)));
  }

  /** Shows progress in the live display and in plain logs. */
  private readonly report = (text: string): void => {
    void tell("info", `${this.what}: ${text}`, this.component).catch(() => undefined);
  };

  async follow(released: readonly HostContainer[]): Promise<void> {
    if (this.phase === "proven" && released.some(({ of }) => of === this.plan.name))
      await joinAliases(this.run.engine, this.id ?? "", await valueOf(this.plan.aliases));
  }

  async after({ id, newOutputs }: pulumi.ResourceHookArgs): Promise<void> {
    const { engine } = this.run;
    const container = id === "" ? String(newOutputs?.["id"]) : id;
    const { goal } = this.plan;
    this.id = container;
    const failed = (): string | undefined => this.run.failed;
    const prove = async (): Promise<string | undefined> => {
      await applyUpdates(engine, container, this.plan.updates);
      return "job" in goal
        ? waitUntilSucceeded(engine, container, goal.job.timeoutSeconds)
        : waitUntilReady(engine, container, goal.service, { abandoned: failed, report: this.report });
    };
    const why = await prove().catch((error: unknown) => `its state could not be read (${String(error)})`);
    if (why !== undefined && failed() === undefined) throw new Error(await this.failNow(container, why));
    if (failed() !== undefined) {
      this.phase = "proven";
      for (const said of await this.undo()) await tell("info", said, this.component);
      return;
    }
    this.readyAt = Date.now();
    this.phase = "proven";
    // Without a predecessor it gets its names at once, because a later container may look them up.
    const others = await this.live();
    if (!others.some((each) => each.id !== container && each.state === "running"))
      await joinAliases(engine, container, await valueOf(this.plan.aliases));
  }

  async createFailed({ errors, newInputs }: pulumi.ErrorHookArgs): Promise<boolean> {
    const { engine } = this.run;
    const name = String(newInputs?.["name"]);
    const created = (await this.live()).find((each) => each.name === name);
    const cause = errors.join(" ").trim();
    const text = await this.failNow(
      created?.id,
      cause,
      await portHolders(engine, cause, newInputs?.["ports"]),
    );
    await tell("error", text, this.component);
    return false;
  }

  /**
   * After the registration, on every `up`: checks that it stays healthy, and returns its id. A failure fails
   * the `up` and the run, so that nothing more is started and nothing old is removed.
   */
  async whenReady(id: string): Promise<string> {
    const { engine, before } = this.run;
    const { goal, monitorSeconds, name, hostName } = this.plan;
    // A failed hook ends the update by itself; an error here would duplicate the message.
    if (this.phase === "ended") return id;
    if (this.phase === "declared") {
      const known = (await before)?.filter((each) => each.of === name) ?? [];
      const mine = known.find((each) => each.id === id);
      if (mine === undefined) {
        // A job that succeeded may have been removed since.
        if ("job" in goal) return id;
        await this.run.fail(this.what, this);
        await failUpdate(this.component, name, missingContainer(this.what, id, known));
        return id;
      }
      this.id = id;
      const { attempts } = generationsOf(known, hostName, await this.run.identity);
      // A container of an interrupted run is reused: it must be proven like a new one.
      if ("job" in goal || known.length - 1 === 0 || attempts.length === 0) return id;
      const why = await waitUntilReady(engine, id, goal.service, {
        abandoned: () => this.run.failed,
        report: this.report,
      });
      if (this.run.failed !== undefined) return id;
      if (why !== undefined) {
        await failUpdate(this.component, name, await this.failNow(id, why));
        return id;
      }
      this.readyAt = Date.now();
      this.phase = "proven";
    }
    if ("job" in goal) return id;
    const why = await watchUntil(engine, id, (this.readyAt ?? Date.now()) + monitorSeconds * 1000);
    if (why !== undefined && (this.phase as Phase) === "proven")
      await failUpdate(this.component, name, await this.failNow(id, why));
    return id;
  }

  async check(when: "before" | "after"): Promise<boolean> {
    const { goal, name } = this.plan;
    if (this.id === undefined || this.readyAt === undefined || "job" in goal) return true;
    const why = await failureNow(this.run.engine, this.id);
    if (why === undefined) return true;
    const text = `it was ready, and then ${why.replace(/^it /, "")}`;
    await failUpdate(
      this.component,
      name,
      when === "before" ? await this.failNow(this.id, text) : await this.lateText(this.id, text),
    );
    return false;
  }

  succeeds(container: HostContainer, identity: string): boolean {
    return predecessors([container], identity, this.plan).length > 0;
  }

  isBusy(): boolean {
    return this.phase === "begun";
  }

  async rename(all: readonly HostContainer[], identity: string): Promise<boolean> {
    const { id, run, plan } = this;
    const mine = all.find((each) => each.id === id);
    // A missing one is a job whose container was removed.
    if (id === undefined || mine === undefined) return true;
    const others = this.others(all, identity);
    if (mine.name === plan.hostName && others.length === 0 && this.phase === "declared") return true;
    await switchNames(run.engine, {
      id,
      hostName: plan.hostName,
      others,
      aliases: await valueOf(plan.aliases),
    });
    return true;
  }

  async retire(all: readonly HostContainer[], identity: string): Promise<boolean> {
    if (this.id !== undefined) {
      // A container that released something is removed by its own component, or by Pulumi.
      await removeAll(this.run.engine, this.others(all, identity), this.plan.drainSeconds);
      this.phase = "ended";
    }
    return true;
  }

  private others(all: readonly HostContainer[], identity: string): HostContainer[] {
    return predecessors(all, identity, this.plan).filter((each) => each.id !== this.id);
  }

  async undo(stopSeconds?: number): Promise<string[]> {
    const { engine } = this.run;
    const { hostName, goal } = this.plan;
    if (this.phase !== "proven" || this.id === undefined || "job" in goal) return [];
    this.phase = "ended";
    const serving = (await this.live()).filter(
      (each) => each.id !== this.id && (isRunning(each) || this.run.standingBy.has(each.id)),
    );
    // Without a predecessor it stays: the next up reuses it.
    if (serving.length === 0 && this.standBy.stopped.length === 0) {
      await renameTo(engine, this.id, hostName);
      return [];
    }
    const kept = await keepStopped(engine, this.id, undoneName(hostName, this.id), stopSeconds);
    const again = await this.standBy.giveBack(engine);
    const names = again.length > 0 ? again : serving.map(({ name }) => name);
    return [rolledBack(this.what, names, kept)];
  }

  /** Rolls back here and in the rest of the run, and returns the error text. */
  private async failNow(id: string | undefined, why: string, remedy?: string): Promise<string> {
    const { engine } = this.run;
    const { hostName, goal } = this.plan;
    this.phase = "ended";
    const undone = this.run.fail(this.what, this);
    const failureReport = id === undefined ? undefined : await failureReportOf(engine, id);
    const kept = id === undefined ? undefined : await keepStopped(engine, id, failedName(hostName, id));
    const restarted = await this.standBy.giveBack(engine);
    const others = (await this.live()).filter((each) => each.state === "running" && each.id !== id);
    return replacementFailure({
      what: this.what,
      why,
      remedy,
      isJob: "job" in goal,
      failureReport,
      kept,
      restarted,
      serving: others.map(({ name }) => name),
      undone: await undone,
      secrets: await valueOf(this.plan.secrets),
    });
  }

  /** A failure after the removal of the predecessor cannot be rolled back. */
  private async lateText(id: string, why: string): Promise<string> {
    await this.run.fail(this.what, this);
    return lateFailure(this.what, this.plan.hostName, {
      why,
      failureReport: await failureReportOf(this.run.engine, id),
      secrets: await valueOf(this.plan.secrets),
    });
  }

  private async live(): Promise<HostContainer[]> {
    return predecessors(await hostContainers(this.run.engine), await this.run.identity, this.plan);
  }

  get what(): string {
    return `${"job" in this.plan.goal ? "job" : "container"} "${this.plan.name}"`;
  }
}
