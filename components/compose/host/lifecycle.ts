import type * as pulumi from "@pulumi/pulumi";

import { networkId } from "../../network/engine";
import type { Placement } from "../../host/args";
import { externalConflicts } from "./conflicts";

import { type Deployment, deploymentOf } from "../../deployment/deployment";

interface External {
  /** The Compose project that declares it. */
  readonly project: string;
  readonly kind: "network" | "volume";
  readonly hostName: string;
  readonly placement: Placement;
}

/** The id of an external network; undefined under Pulumi's mocks, which have no host. */
export function externalNetworkId(
  component: pulumi.Resource,
  wanted: Omit<External, "kind">,
): Promise<string> | undefined {
  const run = bindExternal(component, { ...wanted, kind: "network" });
  return run && idOf(run, wanted.hostName);
}

/** If it is missing the run ends, and dependents must not continue with a wrong value. */
async function idOf({ engine }: Deployment, name: string): Promise<string> {
  const id = await networkId(engine, name);
  return id ?? new Promise<string>(() => undefined);
}

/** An external volume must exist: Docker would create an empty one. */
export function bindExternal(
  component: pulumi.Resource,
  { project, kind, hostName, placement }: External,
): Deployment | undefined {
  const run = deploymentOf(component, placement);
  run?.conflicts.add(run, component, (view) => externalConflicts(view, project, kind, hostName));
  return run;
}
