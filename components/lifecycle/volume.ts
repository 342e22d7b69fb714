import * as pulumi from "@pulumi/pulumi";

import { bytesIn } from "../daemon/volume-use";
import type { Placement } from "../values/docker-host";
import { isOwn } from "../values/host-view";
import { identityLabel, labelInputs, type Labels } from "../values/labels";
import { isOthers, volumeConflicts, volumeFacts } from "../values/volume-conflicts";

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
  // A busy Engine may refuse to measure; that must not hide what is told.
  const size = (of: string): Promise<number | undefined> => bytesIn(run.engine, of).catch(() => undefined);
  run.conflicts.add(run, component, (view) => volumeConflicts(view, owner, { ...plan, bytesIn: size }));
  const foreign = run.view.then((view) => {
    const holder = view?.volumes.find((each) => each.name === hostName);
    return view === undefined || holder === undefined || isOwn(holder, view.identity) ? undefined : holder;
  });
  const now = Promise.all([run.view, foreign]).then(([view, holder]) =>
    view !== undefined && holder !== undefined && isOthers(view, owner, holder) ? holder : undefined,
  );
  tellTakeOver(
    run,
    owner,
    component,
    now,
    async (holder) => `volume "${name}": ${hostName} (${volumeFacts(holder, await size(hostName))})`,
    "with its data, and never removed by this stack",
  );
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
