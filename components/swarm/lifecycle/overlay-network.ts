/** Binds a declared overlay network to the swarm. */

import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

import type { Placement } from "../../host/args";
import type { Labels } from "../../deployment/look/given-labels";
import { identityLabel, labelInputs } from "../../deployment/look/labels";
import { generationLabel } from "../../container/live";
import { networkConflicts } from "../../network/conflicts";

import type { Owner } from "../../core/names";
import { hookKey } from "../../deployment/hook-key";
import { errorHook, resourceHook } from "../../deployment/hooks";
import { before, explain, generationOf } from "../../network/lifecycle";
import { withoutHost } from "../../deployment/deployment";
import { swarmRun } from "./swarm";

interface OverlayPlan {
  readonly name: string;
  /** The requested name; undefined for a generated one. */
  readonly given: string | undefined;
  /** The name, or its prefix. */
  readonly hostName: string;
  readonly subnet: string | undefined;
  readonly labels: Labels;
  readonly placement: Placement;
  /** The arguments whose change creates a new network. */
  readonly traits: object;
}

export function bindOverlay(
  component: pulumi.Resource,
  owner: Owner,
  plan: OverlayPlan,
): {
  readonly name: pulumi.Input<string>;
  readonly labels: pulumi.Input<ReturnType<typeof labelInputs>>;
  readonly options: pulumi.CustomResourceOptions;
} {
  const run = swarmRun(component, plan.placement);
  const labels = pulumi.output(run && generationOf(run, plan.name)).apply((generation) =>
    labelInputs({
      ...plan.labels,
      ...(run && { [identityLabel]: run.identity }),
      ...(generation !== undefined && { [generationLabel]: generation }),
    }),
  );
  const name = pulumi
    .output(labels)
    .apply((known) => plan.given ?? `${plan.hostName}-${hash({ ...plan.traits, known })}`);
  if (run === undefined) return { name, labels, options: {} };
  run.conflicts.add(run, component, (view) =>
    networkConflicts(view, owner, { ...plan, hostName: plan.given ?? "" }),
  );
  const key = hookKey("network", plan.name);
  return {
    name,
    labels,
    options: {
      hooks: {
        beforeCreate: [
          resourceHook(run, `${key}: conflict check`, ({ newInputs }) =>
            before(run, owner, { ...plan, hostName: String(newInputs?.["name"]) }),
          ),
        ],
        onError: [
          errorHook(run, `${key}: failure report`, (args) => {
            const made: unknown = args.newInputs?.["name"] ?? args.oldInputs?.["name"];
            return explain(run, { ...plan, hostName: String(made) }, component, args);
          }),
        ],
      },
      ...(pulumi.runtime.isDryRun() && { transforms: [withoutHost(run, ["labels", "name"])] }),
    },
  };
}

function hash(traits: object): string {
  return createHash("sha256").update(JSON.stringify(traits)).digest("hex").slice(0, 6);
}
