/** Binds a secret or a config to the swarm. Both are immutable: each content is a new object. */

import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

import { record, sweepObjects } from "../engine/objects";
import type { ObjectPlan } from "../object";
import { identityLabel, labelInputs } from "../../deployment/look/labels";
import { objectName } from "../names";
import { swarmLabels } from "../service/inputs";

import { promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { hookKey } from "../../deployment/hook-key";
import { resourceHook } from "../../deployment/hooks";
import type { Deployment } from "../../deployment/deployment";
import { swarmBefore, swarmRun } from "./swarm";

export function bindObject(
  component: pulumi.Resource,
  owner: Owner,
  plan: ObjectPlan,
): {
  readonly name: pulumi.Output<string>;
  readonly labels: ReturnType<typeof labelInputs>;
  readonly options: pulumi.CustomResourceOptions;
  /** The id, once its predecessors are removed. */
  readonly whenReady: (id: pulumi.Output<string>) => pulumi.Output<string>;
} {
  const { kind, keep, name, placement } = plan;
  const run = swarmRun(component, placement);
  const labels = labelInputs({
    ...swarmLabels(owner, kind, name, { ...plan.labels, ...placement.labels }),
    ...(run && { [identityLabel]: run.identity }),
  });
  const named = pulumi
    .all([plan.data, labels])
    .apply(([data, known]) => nameOf(run, plan, JSON.stringify([kind, owner.scope, name, known, data])));
  const options: pulumi.CustomResourceOptions = {
    // An existing object keeps its name; new content creates another one, and the old one is removed last.
    ignoreChanges: ["name", "labels"],
    // A label is set on it after creation, which a refresh detects.
    replacementTrigger: pulumi.output(labels).apply((known) => JSON.stringify(known)),
    deleteBeforeReplace: false,
    retainOnDelete: keep > 0,
  };
  // The name is not secret: only a manager of the swarm can verify a guessed content with it.
  const result = { name: pulumi.unsecret(named), labels };
  if (run === undefined || pulumi.runtime.isDryRun()) return { ...result, options, whenReady: (id) => id };
  return {
    ...result,
    options: { ...options, hooks: { beforeCreate: [mayBeMade(run, plan)] } },
    whenReady: (id) => {
      const known = id.apply(async (made) => {
        await record(run.engine, kind, made, keep > 0 ? "kept" : "yes");
        return made;
      });
      run.tasks.push(promiseOf(known));
      return known.apply(async (current) => {
        if (await run.commit())
          await sweepObjects(run.engine, owner, await run.identity, kind, name, { current, keep });
        return current;
      });
    },
  };
}

/** A free name; an object with the same earlier content can still exist. */
async function nameOf(
  run: Deployment | undefined,
  { kind, prefix }: ObjectPlan,
  content: string,
): Promise<string> {
  const view = run && (await swarmBefore(run));
  const hash = createHmac("sha256", view?.clusterId ?? "")
    .update(content)
    .digest("hex")
    .slice(0, 12);
  const taken = new Set((kind === "secret" ? view?.secrets : view?.configs)?.map((each) => each.name));
  let twin = 0;
  while (taken.has(objectName(prefix, hash, twin))) twin++;
  return objectName(prefix, hash, twin);
}

function mayBeMade(run: Deployment, { kind, name }: ObjectPlan): pulumi.ResourceHook {
  const check = (): void => {
    if (run.failed !== undefined) throw new Error(`${kind} "${name}" was not created, because ${run.failed}`);
  };
  return resourceHook(run, `${hookKey(kind, name)}: conflict check`, check);
}
