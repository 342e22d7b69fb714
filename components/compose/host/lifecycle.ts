import type * as pulumi from "@pulumi/pulumi";

import { networkId } from "../../network/engine";
import type { Placement } from "../../host/args";
import { externalConflicts } from "./conflicts";

import { type Deployment, deploymentOf } from "../../deployment/deployment";

interface External {
  /** The Compose project whose files name it. */
  readonly project: string;
  readonly kind: "network" | "volume";
  readonly hostName: string;
  readonly placement: Placement;
}

/** The id of a network that somebody else makes; undefined under Pulumi's mocks, which have no host. */
export function externalNetworkId(
  component: pulumi.Resource,
  wanted: Omit<External, "kind">,
): Promise<string> | undefined {
  const run = accompanyExternal(component, { ...wanted, kind: "network" });
  return run && idOf(run, wanted.hostName);
}

/** Where it is missing the run ends, and nobody must go on with a wrong answer. */
async function idOf({ engine }: Deployment, name: string): Promise<string> {
  const id = await networkId(engine, name);
  return id ?? new Promise<string>(() => undefined);
}

/** What somebody else makes must be there: Docker would make an empty volume in its place. */
export function accompanyExternal(
  component: pulumi.Resource,
  { project, kind, hostName, placement }: External,
): Deployment | undefined {
  const run = deploymentOf(component, placement);
  run?.conflicts.add(run, component, (view) => externalConflicts(view, project, kind, hostName));
  return run;
}
