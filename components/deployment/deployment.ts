/** One run of a program against one host: the Engine, one look at the host, who takes part, and how all of it ends. */

import * as pulumi from "@pulumi/pulumi";
import type Docker from "dockerode";

import { connect } from "../engine/connect";
import { viewHost } from "./look/engine/host-view";
import { hostContainers } from "./look/engine/containers";
import type { MovedTag } from "../image/engine/moved-tag";
import type { Placement } from "../host/args";
import { failureText } from "../container/health/evidence";
import { type HostView, isOwn } from "./look/host-view";
import { generationLabel, type HostContainer } from "../container/live";

import { claims } from "../core/claims";
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

/** A network of the deployment as it stood at the start. */
export interface LiveNetwork {
  readonly id: string;
  /** The name of its component. */
  readonly of: string;
  readonly generation: string | undefined;
}

export class Deployment {
  readonly engine: Docker;
  readonly identity: Promise<string>;
  /** The host when the program began; undefined where a preview cannot reach it. */
  readonly view: Promise<HostView | undefined>;
  /** Of these, the deployment's own containers. */
  readonly before: Promise<readonly HostContainer[] | undefined>;
  /** The same of networks. */
  readonly networksBefore: Promise<readonly LiveNetwork[] | undefined>;
  /** All that must have come out well before anything old is removed. */
  readonly tasks: Promise<unknown>[] = [];
  /** What the containers of the program will have on the host. */
  readonly declared: Declared[] = [];
  /** Volumes of the program, by their names on the host. */
  readonly volumes = new Set<string>();
  /** Who takes part in the commit. */
  readonly members: Member[] = [];
  /** The containers that were stopped in this run and start again where it fails. */
  readonly standingBy = new Set<string>();
  /** Which tags have moved in their registry, by reference: many images may stand on one. */
  readonly movedTags = new Map<string, Promise<MovedTag | undefined>>();
  /** What stands in the way of any of them. */
  readonly conflicts = new Conflicts();
  /** Why nothing more is begun, as a clause such as `container "web" failed`. */
  failed: string | undefined;
  /** What the run does to users and data. */
  readonly announcements = new Announcements();
  /** Networks, by their names on the host, that are replaced: what is on them goes first. */
  readonly replacedNetworks = new Set<string>();
  private known: Promise<readonly Recorded[]> | undefined;
  private committed: Promise<boolean> | undefined;
  private undone: Promise<string[]> | undefined;

  constructor(component: pulumi.Resource, { endpoint, answers }: Placement) {
    this.engine = connect(endpoint);
    this.identity = stackIdentity();
    this.view = answers.then((answered) =>
      // A host that does not answer has ended the run.
      answered ? this.look(component) : new Promise<undefined>(() => undefined),
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

  /** Says what leaves with its component, and the verdict of the whole run. */
  private async announceEnd(): Promise<void> {
    const [view] = await Promise.all([this.view, this.allWell()]);
    if (view === undefined || this.failed !== undefined) return;
    for (const each of await leaving(view, this.declared, this.volumes, () => this.recorded()))
      await this.announcements.say(each);
    await this.announcements.close();
  }

  /** An `up` needs the host, and says so before it begins; a preview goes on without, and says what it cannot see. */
  private async look(component: pulumi.Resource): Promise<HostView | undefined> {
    const identity = await this.identity;
    try {
      return { ...(await viewHost(this.engine)), identity };
    } catch (error) {
      const why = `the Docker Engine is not reachable (${error instanceof Error ? error.message : String(error)})`;
      if (!pulumi.runtime.isDryRun()) {
        await failUpdate(
          component,
          "docker-engine",
          failureText({
            what: "this up",
            why,
            now: "nothing was changed",
            next: "check that docker info succeeds for this user, then run pulumi up again",
          }),
        );
        // The engine has stopped; whoever waits for an answer must not go on with a wrong one.
        return new Promise<undefined>(() => undefined);
      }
      await tell(
        "warn",
        `${why}: this preview compares the program only with Pulumi's state, and does not detect manual changes`,
      );
      return undefined;
    }
  }

  /** Asks the host something that no resource waits for: the program does not end before that is done. */
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

  /** What the stack's state has of it. It takes a moment: asked only where the host is not as expected. */
  recorded(): Promise<readonly Recorded[]> {
    return (this.known ??= readRecorded());
  }

  /**
   * Notes that something failed. The first failure takes back what others of the run have proven so far: names stay with what
   * served. Answers what became of them, for the error.
   */
  fail(what: string, by?: Member): Promise<string[]> {
    this.failed ??= `${what} failed`;
    return (this.undone ??= this.undo(by));
  }

  /** Gives up the run because somebody interrupted it. */
  async abandon(): Promise<void> {
    this.failed ??= "the run was interrupted";
    for (const said of await (this.undone ??= this.undo(undefined)))
      await tell("warn", said).catch(() => undefined);
  }

  isBusy(): boolean {
    return this.members.some((each) => each.isBusy?.() ?? false);
  }

  private async undo(by: Member | undefined): Promise<string[]> {
    const others = this.members.filter((each) => each !== by);
    const said = await Promise.all(
      others.map((each) => each.undo().catch((error: unknown) => [String(error)])),
    );
    return said.flat();
  }

  /** Waits for all tasks, those that join meanwhile included, and for the end of the program. False where one failed. */
  async allWell(): Promise<boolean> {
    await programEnded();
    for (let known = -1; known !== this.tasks.length;) {
      known = this.tasks.length;
      const results = await Promise.allSettled(this.tasks);
      if (results.some(({ status }) => status === "rejected")) return false;
    }
    return this.failed === undefined;
  }

  /**
   * The end of an `up`: when all is proven and one last look agrees, names and routes switch together, and then what was
   * before drains, stops and goes. False where the run failed before that; nothing is removed then.
   */
  commit(): Promise<boolean> {
    return (this.committed ??= this.carryOut());
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

/** The run that a component belongs to; undefined under Pulumi's mocks, which have neither hooks nor a host. */
export function deploymentOf(component: pulumi.Resource, placement: Placement): Deployment | undefined {
  const monitor: object = pulumi.runtime.getMonitor() ?? {};
  if (!("registerResourceHook" in monitor)) return undefined;
  const known = claims<Deployment>("deployment", component, placement.options.provider);
  const [first] = known;
  if (first !== undefined) return first;
  refuseProvidersOfTransforms();
  const deployment = new Deployment(component, placement);
  known.push(deployment);
  return deployment;
}

/**
 * When the program has declared all it will: its function has returned and what it exports is known. Only what takes something
 * away waits for that; nothing that a program can await does.
 */
async function programEnded(): Promise<void> {
  const stack = pulumi.runtime.getStackResource() as unknown as { getData(): Promise<unknown> } | undefined;
  await stack?.getData().catch(() => undefined);
}

/** A preview that cannot see the host must not take that for a change. */
export function withoutHost(run: Deployment, ignoreChanges = ["labels"]): pulumi.ResourceTransform {
  return async ({ props, opts }) =>
    (await run.before) === undefined
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges }) }
      : undefined;
}
