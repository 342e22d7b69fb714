/** The data of a volume according to the state and the host: where it is, and whether it still exists. */

import type * as pulumi from "@pulumi/pulumi";

import type { Placement } from "../../host/args";
import { type HostView, isOwn } from "../../deployment/look/host-view";
import { isFormer } from "../conflicts";

import { urnsOf } from "../../core/aliases";
import { claims, type Named } from "../../core/claims";
import type { Owner } from "../../core/names";
import type { Deployment } from "../../deployment/deployment";
import { types } from "../../deployment/state/recorded";

export interface VolumeName {
  readonly name: string;
  /** Its default name on the host. */
  readonly hostName: string;
  /** Whether the program sets it. */
  readonly isGiven: boolean;
  readonly placement: Pick<Placement, "childName" | "options">;
}

/** The host names of this volume in the state, including aliases of its component. */
async function recordedNames(run: Deployment, component: pulumi.Resource, { placement }: VolumeName) {
  const [urns, recorded] = await Promise.all([
    urnsOf(component, types.volume, placement.childName),
    run.recorded(),
  ]);
  return recorded.flatMap(({ urn, outputs }) =>
    urns.includes(urn) && typeof outputs["name"] === "string" ? [outputs["name"]] : [],
  );
}

/**
 * The name on the host. A volume that was renamed in the program, or moved to another parent, keeps its Docker volume:
 * under the new name it would be empty.
 */
export async function followName(
  run: Deployment,
  component: pulumi.Resource,
  owner: Owner,
  plan: VolumeName,
): Promise<string> {
  const { name, hostName, isGiven, placement } = plan;
  const view = await run.view;
  if (isGiven || view === undefined || has(view, hostName)) return hostName;
  const others = claims<Named>("volume", component, placement.options.provider);
  const former = (await recordedNames(run, component, plan)).find((each) => {
    const holder = view.volumes.find((volume) => volume.name === each);
    return (
      holder !== undefined &&
      (isOwn(holder, view.identity) || isFormer(view, owner, holder.labels)) &&
      // Removing a fixed name from the program is a deliberate change.
      holder.labels["io.dockwright.name"] !== name &&
      !others.some((other) => other.hostName === each)
    );
  });
  return former ?? hostName;
}

/** Whether the volume of this component is in the state but missing on the host. */
export async function isVolumeGone(
  run: Deployment,
  component: pulumi.Resource,
  plan: VolumeName,
  hostName: string,
): Promise<boolean> {
  const view = await run.view;
  if (view === undefined || has(view, hostName)) return false;
  return (await recordedNames(run, component, plan)).includes(hostName);
}

function has({ volumes }: HostView, hostName: string): boolean {
  return volumes.some(({ name }) => name === hostName);
}
