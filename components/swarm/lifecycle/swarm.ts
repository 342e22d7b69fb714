/** What everything of a swarm shares in one run of a program. */

import type * as pulumi from "@pulumi/pulumi";

import { type SwarmView, viewSwarm } from "../engine/swarm";
import type { Placement } from "../../host/args";
import { swarmConflicts } from "../conflicts";

import { type Deployment, deploymentOf } from "../../deployment/deployment";

const views = new WeakMap<Deployment, Promise<SwarmView | undefined>>();

/** The run that something of a swarm belongs to; undefined under Pulumi's mocks. */
export function swarmRun(component: pulumi.Resource, placement: Placement): Deployment | undefined {
  const run = deploymentOf(component, placement);
  if (run === undefined || views.has(run)) return run;
  views.set(
    run,
    // A host that does not answer has been told of.
    run.before.then((before) =>
      before === undefined ? undefined : viewSwarm(run.engine).catch(() => undefined),
    ),
  );
  run.conflicts.add(run, component, swarmConflicts);
  return run;
}

/** What stood on the swarm when the program began; undefined where it cannot be seen. */
export async function swarmBefore(run: Deployment): Promise<SwarmView | undefined> {
  return views.get(run);
}
