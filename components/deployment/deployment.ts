/** One run of a program against one host: its Engine connection, one inspection of the host, its members, and the commit. */

import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";
import type Docker from "dockerode";

import { connect } from "../engine/connect";
import { type EngineLost, reasonOf } from "../engine/lost";
import { viewHost } from "./look/engine/host-view";
import { hostContainers } from "./look/engine/containers";
import type { MovedTag } from "../image/engine/moved-tag";
import type { Placement } from "../host/args";
import { commandHost } from "../host/disk/command-host";
import { isKnownHost, movedText } from "../host/former-host";
import { failureText } from "../core/text/failure-report";
import { type HostView, isOwn } from "./look/host-view";
import { generationLabel, type HostContainer } from "../container/live";

import { claims } from "../core/claims";
import { isEndOfEngine } from "../core/end-of-engine";
import { hasEngine } from "../core/has-engine";
import { tell } from "../core/tell";
import { Conflicts } from "./conflicts";
import { failUpdate } from "./fail";
import { Announcements } from "./announcements";
import { refuseProvidersOfTransforms } from "./foreign-provider";
import { stackIdentity } from "./state/identity";
import { surviveInterrupts } from "./interrupt";
import { leaving } from "./plan/leaving";
import type { Member } from "./member";
import type { Declared } from "./plan/plan";
import { type Recorded, readRecorded } from "./state/recorded";

/**
 * How long a new container may take to stop after an interrupt: Pulumi kills the program 5 s after the signal, and the
 * old container must be running by then.
 */
const INTERRUPTED_STOP_SECONDS = 2;

/** A network of the deployment at the start of the run. */
export interface LiveNetwork {
  readonly id: string;
  /** The name of its component. */
  readonly of: string;
  readonly generation: string | undefined;
}

export class Deployment {
  readonly engine: Docker;
  readonly identity: Promise<string>;
  /** The host at the start of the program; undefined if a preview cannot reach it. */
  readonly view: Promise<HostView | undefined>;
  /** The containers of this deployment on it. */
  readonly before: Promise<readonly HostContainer[] | undefined>;
  /** The networks of this deployment on it. */
  readonly networksBefore: Promise<readonly LiveNetwork[] | undefined>;
  /** Everything that must succeed before old objects are removed. */
  readonly tasks: Promise<unknown>[] = [];
  /** The names, ports and addresses of the program's containers on the host. */
  readonly declared: Declared[] = [];
  /** The host names of the program's volumes. */
  readonly volumes = new Set<string>();
  /** The component names of the program's volumes. */
  readonly volumeNames = new Set<string>();
  /** The members of the commit. */
  readonly members: Member[] = [];
  /** The containers that were stopped in this run and are restarted if it fails. */
  readonly standingBy = new Set<string>();
  /** The tags that have moved in their registry, by reference: several images can share one. */
  readonly movedTags = new Map<string, Promise<MovedTag | undefined>>();
  /** The conflicts of all components. */
  readonly conflicts = new Conflicts();
  /** Why nothing more is started, as a clause such as `container "web" failed`. */
  failed: string | undefined;
  /** The announced effects on users and data. */
  readonly announcements = new Announcements();
  /** The host names of replaced networks: their containers are removed first. */
  readonly replacedNetworks = new Set<string>();
  /** Bound to the async context of the run: Pulumi calls transforms outside of it, where the stack is another one. */
  private readonly readState = AsyncResource.bind(readRecorded);
  private known: Promise<readonly Recorded[]> | undefined;
  private committed: Promise<boolean> | undefined;
  /** The error of a task that failed without a report of its own. */
  private broken: unknown;
  private engineLost = false;
  private undone: Promise<string[]> | undefined;

  constructor(
    private readonly component: pulumi.Resource,
    { endpoint, answers }: Placement,
  ) {
    this.engine = connect(endpoint);
    this.identity = stackIdentity();
    this.view = answers.then((answered) =>
      // An unreachable host has ended the run.
      answered ? this.look(component, endpoint === undefined) : new Promise<undefined>(() => undefined),
    );
    this.before = this.view.then(
      (view) => view && view.containers.filter((each) => isOwn(each, view.identity)),
    );
    if (pulumi.runtime.isDryRun()) void this.announceEnd();
    else surviveInterrupts(this);
    this.networksBefore = this.view.then(
      (view) =>
        view &&
        view.networks
          .filter((each) => isOwn(each, view.identity))
          .map(({ id, labels }) => ({
            id,
            of: labels["io.dockwright.name"] ?? "",
            generation: labels[generationLabel],
          })),
    );
  }

  /** Announces removed objects, and the summary of the run. */
  private async announceEnd(): Promise<void> {
    const [view] = await Promise.all([this.view, this.allWell()]);
    if (view === undefined || this.failed !== undefined) return;
    const isSucceeded = (each: HostContainer): boolean =>
      this.members.some((member) => member.succeeds?.(each, view.identity) === true);
    for (const each of await leaving(view, this, isSucceeded)) await this.announcements.say([each]);
    await this.announcements.close();
  }

  /** An `up` fails without the host; a preview continues with a warning. */
  private async look(component: pulumi.Resource, isOfCommand: boolean): Promise<HostView | undefined> {
    const identity = await this.identity;
    try {
      const view = await viewHost(this.engine, identity);
      return isOfCommand ? await this.unmoved(component, view) : view;
    } catch (error) {
      const why = `the Docker Engine is not reachable (${reasonOf(error)})`;
      if (!pulumi.runtime.isDryRun()) {
        await failUpdate(
          component,
          "docker-engine",
          failureText({
            what: "pulumi up",
            why,
            now: "nothing was changed",
            next: "check that docker info succeeds for this user, then run pulumi up again",
          }),
        );
        // The engine has stopped; dependents must not continue with a wrong value.
        return new Promise<undefined>(() => undefined);
      }
      await tell(
        "warn",
        `${why}: this preview compares the program only with Pulumi's state, and does not detect manual changes`,
      );
      return undefined;
    }
  }

  /** The view, unless the docker command uses another host than in the last run, which ends the run. */
  private async unmoved(component: pulumi.Resource, view: HostView): Promise<HostView> {
    const now = commandHost();
    if (now.kind === "unusable" || isKnownHost(view)) return view;
    const text = movedText(await this.recorded(), view.identity, now);
    if (text === undefined) return view;
    await failUpdate(component, "docker-host", text);
    return new Promise<HostView>(() => undefined);
  }

  /** Runs a task on the host that no resource waits for, and keeps the program alive until it is done. */
  track(work: () => Promise<unknown>): void {
    const tracked = this.view.then(async (view) => {
      if (view === undefined) return;
      const done = pulumi.runtime.rpcKeepAlive();
      try {
        await work();
      } finally {
        done();
      }
    });
    this.tasks.push(tracked);
  }

  /** The resources in the stack's state. It is slow, so it is only read if the host is not as expected. */
  recorded(): Promise<readonly Recorded[]> {
    return (this.known ??= this.readState());
  }

  /**
   * Records a failure. The first failure rolls back the other members: names stay with the previous
   * versions. Returns the results, for the error.
   */
  fail(what: string, by?: Member): Promise<string[]> {
    this.failed ??= `${what} failed`;
    return (this.undone ??= this.undo(by));
  }

  /** Abandons the run after an interrupt. */
  async abandon(): Promise<void> {
    this.failed ??= "the run was interrupted";
    for (const said of await (this.undone ??= this.undo(undefined, INTERRUPTED_STOP_SECONDS)))
      await tell("warn", said).catch(() => undefined);
  }

  /** The one error of an Engine that stopped answering; every further failure for that reason refers to it. */
  loseEngine({ reason }: EngineLost): string {
    if (this.engineLost) return "the Docker Engine stopped answering, see the other error";
    this.engineLost = true;
    this.failed ??= "the Docker Engine stopped answering";
    const begun = this.members.flatMap((each) => (each.isBusy?.() === true ? (each.what ?? []) : []));
    return failureText({
      what: "Docker Engine",
      why: `stopped answering (${reason})`,
      now: [
        ...(begun.length === 0
          ? []
          : [
              `${begun.join(", ")} may have been created, and ${begun.length === 1 ? "was" : "were"} not checked`,
            ]),
        "no earlier version was removed",
      ].join("; "),
      next: "check that docker info succeeds, then run dockwright up (or pulumi up), which continues from the current state of the host",
    });
  }

  isBusy(): boolean {
    return this.members.some((each) => each.isBusy?.() ?? false);
  }

  private async undo(by: Member | undefined, stopSeconds?: number): Promise<string[]> {
    const others = this.members.filter((each) => each !== by);
    const said = await Promise.all(
      others.map((each) => each.undo(stopSeconds).catch((error: unknown) => [String(error)])),
    );
    return said.flat();
  }

  /** Waits for all tasks, including new ones, and for the end of the program. False if one failed. */
  private async allWell(): Promise<boolean> {
    await programEnded();
    for (let known = -1; known !== this.tasks.length;) {
      known = this.tasks.length;
      const results = await Promise.allSettled(this.tasks);
      const broken = results.find((each) => each.status === "rejected");
      if (broken !== undefined) {
        this.broken ??= broken.reason;
        return false;
      }
    }
    return this.failed === undefined;
  }

  /**
   * The end of an `up`: when everything is proven and a last check succeeds, names and routes switch together; then the old
   * containers are drained, stopped and removed. False if the run failed before that; then nothing is removed.
   */
  commit(): Promise<boolean> {
    return (this.committed ??= this.carryOut().then(async (done) => {
      if (!done) await this.reportBroken();
      return done;
    }));
  }

  /** An `up` whose names were not switched must not end as a success. */
  private async reportBroken(): Promise<void> {
    if (this.broken === undefined || this.failed !== undefined || isEndOfEngine(this.broken)) return;
    this.failed = "a check failed";
    const text = failureText({
      what: "pulumi up",
      why: `the new containers were not switched in, because a check failed: ${reasonOf(this.broken)}`,
      now: "new containers have temporary names; no earlier version was removed",
      next: "run dockwright up (or pulumi up) again, which continues from the current state of the host",
    });
    await failUpdate(this.component, "commit", text);
  }

  private async carryOut(): Promise<boolean> {
    if (!(await this.allWell())) return false;
    await this.announceEnd();
    if (!(await this.all((each) => each.check?.("before"))) || this.failed !== undefined) return false;
    if (!(await this.all((each) => each.lead?.()))) return false;
    const [containers, identity] = await Promise.all([hostContainers(this.engine), this.identity]);
    await this.all((each) => each.rename?.(containers, identity));
    await this.all((each) => each.drain?.());
    await this.all((each) => each.retire?.(containers, identity));
    return this.all((each) => each.check?.("after"));
  }

  private async all(step: (member: Member) => Promise<boolean> | undefined): Promise<boolean> {
    return (await Promise.all(this.members.map(async (each) => step(each)))).every((done) => done !== false);
  }
}

/** The run of a component; undefined under Pulumi's mocks, which have neither hooks nor a host. */
export function deploymentOf(component: pulumi.Resource, placement: Placement): Deployment | undefined {
  if (!hasEngine()) return undefined;
  const known = claims<Deployment>("deployment", component, placement.options.provider);
  const [first] = known;
  if (first !== undefined) return first;
  refuseProvidersOfTransforms();
  const deployment = new Deployment(component, placement);
  known.push(deployment);
  return deployment;
}

/**
 * Resolves when the program has declared everything: its function has returned and its exports are known. Only
 * removals wait for it; nothing that a program can await does.
 */
async function programEnded(): Promise<void> {
  const stack = pulumi.runtime.getStackResource() as unknown as { getData(): Promise<unknown> } | undefined;
  await stack?.getData().catch(() => undefined);
}

/** A preview without the host must not show that as a change. */
export function withoutHost(run: Deployment, ignoreChanges = ["labels"]): pulumi.ResourceTransform {
  return async ({ props, opts }) =>
    (await run.before) === undefined
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges }) }
      : undefined;
}
