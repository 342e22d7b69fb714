/** The shared state of all swarm objects in one run. */

import type * as pulumi from "@pulumi/pulumi";

import { type SwarmView, viewSwarm } from "../engine/swarm";
import type { Placement } from "../../host/args";
import { swarmConflicts } from "../conflicts";

import { type Deployment, deploymentOf } from "../../deployment/deployment";

const views = new WeakMap<Deployment, Promise<SwarmView | undefined>>();

/** The run of a swarm object; undefined under Pulumi's mocks. */
export function swarmRun(component: pulumi.Resource, placement: Placement): Deployment | undefined {
  const run = deploymentOf(component, placement);
  if (run === undefined || views.has(run)) return run;
  views.set(
    run,
    // An unreachable host has already been reported.
    run.before.then((before) =>
      before === undefined ? undefined : viewSwarm(run.engine).catch(() => undefined),
    ),
  );
  run.conflicts.add(run, component, swarmConflicts);
  return run;
}

/** The swarm at the start of the program; undefined if unreachable. */
export async function swarmBefore(run: Deployment): Promise<SwarmView | undefined> {
  return views.get(run);
}
