import * as pulumi from "@pulumi/pulumi";

import type { Placement } from "../values/docker-host";
import { isOwn } from "../values/host-view";
import { identityLabel, labelInputs, type Labels } from "../values/labels";
import { volumeConflicts } from "../values/volume-conflicts";

import type { Owner } from "../internal/names";
import { deploymentOf } from "../deployment/deployment";
import { tellTakeOver } from "./take-over";

interface VolumePlan {
  readonly name: string;
  readonly hostName: string;
  readonly driver: string;
  readonly labels: Labels;
  readonly placement: Placement;
}

/** Binds a volume's declaration to what stands on the host: Docker hands out one that has the name already, with its data. */
export function accompanyVolume(
  component: pulumi.Resource,
  owner: Owner,
  { placement, ...plan }: VolumePlan,
): { readonly labels: ReturnType<typeof labelInputs>; readonly options: pulumi.CustomResourceOptions } {
  const run = deploymentOf(component, placement);
  if (run === undefined) return { labels: labelInputs(plan.labels), options: {} };
  const { name, hostName } = plan;
  run.volumes.add(hostName);
  run.conflicts.add(run, component, (view) => volumeConflicts(view, owner, plan));
  const foreign = run.view.then((view) => {
    const holder = view?.volumes.find((each) => each.name === hostName);
    return view === undefined || holder === undefined || isOwn(holder, view.identity) ? undefined : holder;
  });
  tellTakeOver(run, owner, component, foreign, `volume "${name}": ${hostName}`, "with its data");
  return {
    labels: labelInputs({ ...plan.labels, [identityLabel]: run.identity }),
    options: {
      // What this deployment did not make it does not remove, whatever `whenDestroyed` says.
      transforms: [
        async ({ props, opts }) =>
          (await foreign) === undefined
            ? undefined
            : { props, opts: pulumi.mergeOptions(opts, { retainOnDelete: true }) },
      ],
    },
  };
}
