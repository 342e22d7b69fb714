import type * as pulumi from "@pulumi/pulumi";

import { composeVolume } from "../daemon/volumes";
import type { Placement } from "../values/docker-host";
import { volumeConflicts } from "../values/volume-conflicts";

import type { Owner } from "../internal/names";
import { runOf } from "./run";
import { tellTakeOver } from "./take-over";

/** Docker hands out a volume that has the name already, with its data; a preview shows a creation, so this is told beside it. */
export function accompanyVolume(
  component: pulumi.Resource,
  owner: Owner,
  { placement, ...wanted }: { name: string; hostName: string; driver: string; placement: Placement },
): void {
  const run = runOf(component, owner, placement);
  if (run === undefined) return;
  const { name, hostName } = wanted;
  run.conflicts.add(run, component, (view) => volumeConflicts(view, owner, wanted));
  if (owner.adopts !== true) return;
  const found = composeVolume(run.engine, owner.scope, hostName).catch(() => undefined);
  tellTakeOver(run, owner, component, found, `volume "${name}": ${hostName}`, "with its data");
}
