/** What the containers of one run of a program share: the Engine, what stood there at the start, who is still at work. */

import * as pulumi from "@pulumi/pulumi";
import type Docker from "dockerode";

import { connect } from "../daemon/connect";
import { ownContainers } from "../daemon/live";
import type { MovedTag } from "../daemon/moved-tag";
import { type LiveNetwork, ownNetworks } from "../daemon/networks";
import type { Placement } from "../values/docker-host";
import { failureText } from "../values/evidence";
import type { LiveContainer } from "../values/live-container";

import { claims } from "../internal/claims";
import type { Owner } from "../internal/names";
import { tell } from "../internal/tell";
import { Conflicts } from "./conflicts";
import { failUpdate } from "./fail";
import { refuseProvidersOfTransforms } from "./foreign-provider";

export interface Run {
  readonly engine: Docker;
  /** What stood on the host when the program began; undefined where a preview cannot reach the host. */
  readonly before: Promise<readonly LiveContainer[] | undefined>;
  /** The same of networks. */
  readonly networksBefore: Promise<readonly LiveNetwork[] | undefined>;
  /** All that must have come out well before anything old is removed. */
  readonly tasks: Promise<unknown>[];
  /** Which tags have moved in their registry, by reference: many images may stand on one. */
  readonly movedTags: Map<string, Promise<MovedTag | undefined>>;
  /** What stands in the way of any of them. */
  readonly conflicts: Conflicts;
  /** The component that failed first: nothing is begun after it. */
  failed?: string;
}

/** The run that a component belongs to; undefined under Pulumi's mocks, which have neither hooks nor a host. */
export function runOf(
  component: pulumi.Resource,
  owner: Owner,
  { endpoint, options, answers }: Placement,
): Run | undefined {
  const monitor: object = pulumi.runtime.getMonitor() ?? {};
  if (!("registerResourceHook" in monitor)) return undefined;
  const runs = claims<Run>("run", component, options.provider);
  const [known] = runs;
  if (known !== undefined) return known;
  refuseProvidersOfTransforms();
  const engine = connect(endpoint);
  // A host that does not answer has ended the run.
  const before = answers.then((answered) =>
    answered ? lookAtHost(component, engine, owner) : new Promise<undefined>(() => undefined),
  );
  const run: Run = {
    engine,
    before: before.then((seen) => seen?.containers),
    networksBefore: before.then((seen) => seen?.networks),
    tasks: [],
    movedTags: new Map(),
    conflicts: new Conflicts(),
  };
  runs.push(run);
  return run;
}

/** Waits for all tasks, those that join meanwhile included. False where one of them failed. */
export async function allWell(run: Run): Promise<boolean> {
  const { tasks } = run;
  for (let known = -1; known !== tasks.length;) {
    known = tasks.length;
    const results = await Promise.allSettled(tasks);
    if (results.some(({ status }) => status === "rejected")) return false;
  }
  return run.failed === undefined;
}

interface Seen {
  readonly containers: readonly LiveContainer[];
  readonly networks: readonly LiveNetwork[];
}

/** An `up` needs the host, and says so before it begins; a preview goes on without, and says what it cannot see. */
async function lookAtHost(
  component: pulumi.Resource,
  engine: Docker,
  owner: Owner,
): Promise<Seen | undefined> {
  try {
    const [containers, networks] = await Promise.all([
      ownContainers(engine, owner),
      ownNetworks(engine, owner),
    ]);
    return { containers, networks };
  } catch (error) {
    const why = `the Docker Engine cannot be asked (${error instanceof Error ? error.message : String(error)})`;
    if (!pulumi.runtime.isDryRun()) {
      await failUpdate(
        component,
        "docker-engine",
        failureText({
          what: "this up",
          why,
          now: "nothing was changed",
          next: "docker info, which must work for this user; then run pulumi up again",
        }),
      );
      // The engine has stopped; whoever waits for an answer must not go on with a wrong one.
      return new Promise<undefined>(() => undefined);
    }
    await tell(
      "warn",
      `${why}: this preview compares the program with Pulumi's state alone, and cannot see what was changed by hand`,
    );
    return undefined;
  }
}

/** A preview that cannot see the host must not take that for a change. */
export function withoutHost(run: Run, ignoreChanges = ["labels"]): pulumi.ResourceTransform {
  return async ({ props, opts }) =>
    (await run.before) === undefined
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges }) }
      : undefined;
}
