/** What happens on the host around the creation of a container: before, after, and when it failed. */

import * as pulumi from "@pulumi/pulumi";
import { AsyncResource } from "node:async_hooks";

import { containersOf } from "../daemon/live";
import {
  type Aliases,
  forgetFailures,
  freeName,
  joinAliases,
  keepFailure,
  leaveAliases,
  removeAll,
  startAgain,
  stopAll,
} from "../daemon/hand-over";
import { type Holder, nameHolder, portHolders, takenPorts, type WantedPort } from "../daemon/holders";
import { awaitLasting, awaitReady, awaitSuccess, evidenceOf, type Readiness } from "../daemon/ready";
import { applyUpdates } from "../daemon/engine-updates";
import { rename } from "../daemon/rename";
import type { EngineUpdates } from "../values/engine-updates";
import { failureText } from "../values/evidence";
import { adoptRemedy } from "../values/host-view";
import type { ComposeIdentity } from "../values/labels";
import { isKeptFailure, type LiveContainer } from "../values/live-container";
import type { UpdateOrder } from "../values/update";

import type { Owner } from "../internal/names";
import { tell } from "../internal/tell";
import { failUpdate } from "./fail";
import { allWell, type Run } from "./run";

/** What is known of a container before it exists. */
export interface Plan {
  readonly owner: Owner;
  readonly name: string;
  /** The labels of the container of `docker compose up` that it takes over. */
  readonly takesOver: ComposeIdentity | undefined;
  /** The name it has on the host in the end. */
  readonly hostName: string;
  readonly order: UpdateOrder;
  /** When it may be relied on: a service is ready and lasts, a job ends well. */
  readonly goal: { readonly service: Readiness } | { readonly job: { readonly timeoutSeconds: number } };
  readonly monitorSeconds: number;
  readonly drainSeconds: number;
  /** What the provider has no input for. */
  readonly updates: EngineUpdates;
  /** Names by network that it answers to once it is ready; resolved when the hooks run. */
  readonly aliases: pulumi.Output<Aliases>;
  /** Values that no message may show. */
  readonly secrets: pulumi.Output<readonly string[]>;
}

/** One container's way through one run. */
export class Replacement {
  /** When it was found ready in this run; undefined where it was there before. */
  private readyAt: number | undefined;
  /** Whether this run made it. */
  private made = false;
  /** Whether nothing is left of those before it. */
  private done = false;
  /** Whether its start failed, which the engine has been told. */
  private failed = false;
  /** Those that were stopped for it. */
  private stopped: readonly LiveContainer[] = [];

  constructor(
    private readonly run: Run,
    private readonly plan: Plan,
    private readonly component: pulumi.Resource,
  ) {}

  /** Create and error hooks only: a delete hook would break a plain `pulumi destroy`. */
  hooks(key: string): pulumi.ResourceHookBinding {
    // Bound to this run: the engine calls hooks from outside of it, where a log would not reach the engine.
    return {
      beforeCreate: [
        new pulumi.ResourceHook(
          `${key}: may start, ${this.plan.order}`,
          AsyncResource.bind((args: pulumi.ResourceHookArgs) => this.before(args)),
        ),
      ],
      afterCreate: [
        new pulumi.ResourceHook(
          `${key}: is ready`,
          AsyncResource.bind((args: pulumi.ResourceHookArgs) => this.after(args)),
        ),
      ],
      onError: [
        new pulumi.ErrorHook(
          `${key}: failed`,
          AsyncResource.bind((args: pulumi.ErrorHookArgs) => this.createFailed(args)),
        ),
      ],
    };
  }

  private async before({ newInputs }: pulumi.ResourceHookArgs): Promise<void> {
    const { engine, failed } = this.run;
    const { goal, hostName, order } = this.plan;
    if (failed !== undefined) throw new Error(`${this.what} was not started, because ${failed} failed`);
    const live = await this.live();
    const holder = await nameHolder(engine, hostName, live);
    if (holder !== undefined) throw new Error(this.taken(holder));
    const ports = (newInputs?.["ports"] ?? []) as WantedPort[];
    const others = live.filter((each) => !isKeptFailure(each, hostName));
    // Before the old one is stopped for it.
    const taken = await takenPorts(engine, ports, others);
    if (taken.length > 0) throw new Error(this.busy(taken, others));
    this.made = true;
    await forgetFailures(engine, live, hostName);
    await freeName(engine, others, String(newInputs?.["name"]));
    if (order === "start-first") return;
    const stopped = await stopAll(engine, others);
    // A run of a job that was cut short is not to be taken up again.
    if ("service" in goal) this.stopped = stopped;
  }

  private async after({ id, newOutputs }: pulumi.ResourceHookArgs): Promise<void> {
    const { engine } = this.run;
    const container = id === "" ? String(newOutputs?.["id"]) : id;
    const { goal } = this.plan;
    await applyUpdates(engine, container, this.plan.updates);
    const why =
      "job" in goal
        ? await awaitSuccess(engine, container, goal.job.timeoutSeconds)
        : await awaitReady(engine, container, goal.service);
    if (why !== undefined) throw new Error(await this.fail(container, why));
    this.readyAt = Date.now();
    // With nobody to take over from, it is found by its names at once: what starts next may look for it.
    const others = (await this.live()).filter((each) => each.id !== container && each.state === "running");
    if (others.length === 0) await joinAliases(engine, container, await value(this.plan.aliases));
  }

  private async createFailed({ errors, newInputs }: pulumi.ErrorHookArgs): Promise<boolean> {
    const { engine } = this.run;
    const name = String(newInputs?.["name"]);
    const husk = (await this.live()).find((each) => each.name === name);
    const cause = errors.join(" ").trim();
    const text = await this.fail(husk?.id, cause, await portHolders(engine, cause, newInputs?.["ports"]));
    await tell("error", text, this.component);
    return false;
  }

  /** Undoes what can be undone, and tells all that is known. */
  private async fail(id: string | undefined, why: string, remedy?: string): Promise<string> {
    const { engine } = this.run;
    this.failed = true;
    this.run.failed ??= this.what;
    const evidence = id === undefined ? undefined : await evidenceOf(engine, id);
    const kept = id === undefined ? undefined : await keepFailure(engine, this.plan.hostName, id);
    const again = await startAgain(engine, this.stopped);
    const serving = (await this.live()).filter((each) => each.state === "running" && each.id !== id);
    const now = [
      again.length > 0 ? `${again.join(", ")} was started again and serves` : "",
      again.length === 0 && serving.length > 0
        ? `${serving.map(({ name }) => name).join(", ")} goes on serving`
        : "",
      serving.length === 0 && !("job" in this.plan.goal) ? "no version of it runs" : "",
      kept === undefined ? "" : `the one that failed is kept, stopped, as ${kept}`,
    ].filter((part) => part !== "");
    return failureText({
      what: this.what,
      why,
      evidence: evidence?.status === "created" ? { ...evidence, log: [] } : evidence,
      now: now.join("; "),
      next: `${remedy === undefined ? "correct the cause" : remedy}${kept === undefined ? "" : ` (docker logs ${kept})`}, then run pulumi up again: it is attempted anew`,
      secrets: await value(this.plan.secrets),
    });
  }

  /**
   * After the registration, on every `up`: sees that it lasts; answers its id when that is decided. A failure fails
   * the `up` and is told to the run, so that nothing more is begun and nothing old removed.
   */
  async settle(id: string): Promise<string> {
    const { engine, before } = this.run;
    const { goal, monitorSeconds } = this.plan;
    // A failed hook ends the update by itself; an error here would tell it twice.
    if (this.failed) return id;
    if (!this.made) {
      const known = (await before)?.filter((each) => each.of === this.plan.name) ?? [];
      // A job that ended well may have been cleared away.
      if ("job" in goal || known.some((each) => each.id === id)) return id;
      this.run.failed ??= this.what;
      await failUpdate(
        this.component,
        this.plan.name,
        failureText({
          what: this.what,
          why: `Pulumi's state records container ${id.slice(0, 12)}, which is not on the host`,
          now:
            known.length === 0 ? "no version of it runs" : `${known.map(({ name }) => name).join(", ")} runs`,
          next: "pulumi up --refresh, which creates it again",
        }),
      );
      return id;
    }
    if ("job" in goal) return id;
    const why = await awaitLasting(engine, id, (this.readyAt ?? Date.now()) + monitorSeconds * 1000);
    if (why !== undefined) await failUpdate(this.component, this.plan.name, await this.fail(id, why));
    // Who was stopped for it is not needed any more.
    else if (this.plan.order === "stop-first") await this.succeed(id);
    // Before others rely on it: to be connected with its names cuts what is under way.
    else await joinAliases(engine, id, await value(this.plan.aliases));
    return id;
  }

  /** When all that the run does came out well: takes over from the old ones, and removes them. */
  async finish(id: string): Promise<void> {
    if (!this.done && (await allWell(this.run))) await this.succeed(id);
  }

  private async succeed(id: string): Promise<void> {
    const { engine, before } = this.run;
    const { hostName, drainSeconds } = this.plan;
    const here = this.made
      ? await this.live()
      : ((await before) ?? []).filter((each) => each.of === this.plan.name);
    const others = here.filter((each) => each.id !== id);
    const aliases = await value(this.plan.aliases);
    await leaveAliases(
      engine,
      others.filter(({ state }) => state === "running"),
      aliases,
    );
    await removeAll(engine, others, drainSeconds);
    // One that is not there is a job that was cleared away.
    if (this.made || here.some((each) => each.id === id)) await rename(engine, id, hostName);
    this.done = true;
  }

  private live(): Promise<LiveContainer[]> {
    return containersOf(this.run.engine, this.plan.owner, this.plan.name, this.plan.takesOver);
  }

  private get what(): string {
    return `${"job" in this.plan.goal ? "job" : "container"} "${this.plan.name}"`;
  }

  private busy(taken: readonly string[], others: readonly LiveContainer[]): string {
    const serving = others.filter(({ state }) => state === "running").map(({ name }) => name);
    this.run.failed ??= this.what;
    return failureText({
      what: this.what,
      why: taken.join("; "),
      now: `nothing was changed; ${serving.length > 0 ? `${serving.join(", ")} goes on serving` : "no version of it runs"}`,
      next: "free that port or choose another, then run pulumi up again",
    });
  }

  private taken({ id, owner }: Holder): string {
    const { hostName } = this.plan;
    const other = `docker rename ${hostName} another-name (or remove it, if it is yours); or give this one another name: name: "..."`;
    return failureText({
      what: this.what,
      why: `the name ${hostName} on the host belongs to container ${id.slice(0, 12)}, which ${owner} made`,
      now: "nothing was changed; that container was not touched",
      next: `${adoptRemedy(this.plan.owner, owner) ?? other}; then run pulumi up again`,
    });
  }
}

/** The value of an output that is known by now. */
function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
