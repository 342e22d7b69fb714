/** The shared state of all swarm objects in one run. */

import type * as pulumi from "@pulumi/pulumi";

import { type SwarmView, viewSwarm } from "../engine/swarm";
import type { LiveService } from "../service/drift";
import type { Placement } from "../../host/args";
import { swarmConflicts } from "../conflicts";
import { isOwn } from "../../deployment/look/host-view";

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

/** The services without those of an earlier release, which have no identity label and are in the state. */
export async function withoutRecorded(
  run: Deployment,
  services: readonly LiveService[],
): Promise<readonly LiveService[]> {
  const identity = await run.identity;
  if (services.every((each) => isOwn(each, identity))) return services;
  const ids = (await run.recorded()).map(({ outputs }) => outputs["id"]);
  return services.filter(({ id }) => !ids.includes(id));
}
