/** Binds a container's declaration to what stands on the host, and what happens there to its creation. */

import { createHash, randomBytes, randomInt } from "node:crypto";

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs } from "../values/container-args";
import { containerConflicts } from "../values/container-conflicts";
import type { ContainerSpec } from "../values/container-spec";
import { labelInputs } from "../values/labels";
import { composeContainers } from "../daemon/live";
import { liveUpdates } from "../daemon/engine-updates";
import { type EngineUpdates, updateDrift } from "../values/engine-updates";
import { drift, generationLabel, jobDrift, type LiveContainer, takeOver } from "../values/live-container";

import { promiseOf } from "../internal/later";
import type { Owner } from "../internal/names";
import { tell } from "../internal/tell";
import { hookKey } from "./hook-key";
import { Replacement } from "./replacement";
import { type Run, runOf, withoutHost } from "./run";
import { secretTexts } from "./secret-texts";

/** An input of the provider that changes nothing on the host: a new number in it is a new run of a job. */
export const RUN = "waitTimeout";

/** What the lifecycle adds to a container. */
export interface Company {
  readonly inputs: Pick<ProviderArgs, "name" | "labels" | typeof RUN>;
  readonly options: pulumi.CustomResourceOptions;
  /** The id once others may rely on the container; errors where it does not last. */
  readonly settle: (id: pulumi.Output<string>) => {
    readonly readyId: pulumi.Output<string>;
    /** Known when nothing is left of the containers before it. */
    readonly aloneId: pulumi.Output<string>;
  };
}

export function accompany(
  component: pulumi.Resource,
  owner: Owner,
  name: string,
  spec: ContainerSpec,
  args: ContainerArgs,
  job?: { readonly timeoutSeconds: number },
): Company {
  const hostName = spec.claim.hostName;
  const run = runOf(component, owner, spec.placement);
  if (run === undefined) {
    const settle: Company["settle"] = (id) => ({ readyId: id, aloneId: id });
    return { inputs: { name: hostName, labels: labelInputs(spec.labels) }, options: {}, settle };
  }
  const what = `${job === undefined ? "container" : "job"} "${name}"`;
  run.conflicts.add(run, component, (view) =>
    containerConflicts(view, { what, owner, claim: spec.claim, args }),
  );
  const networkIds = pulumi.all(spec.joins.map(({ network }) => network.networkId));
  const replacement = new Replacement(
    run,
    {
      owner,
      name,
      takesOver: spec.takesOver,
      hostName,
      order: spec.order,
      goal: job === undefined ? { service: spec.readiness } : { job },
      monitorSeconds: spec.monitorSeconds,
      drainSeconds: spec.drainSeconds,
      updates: spec.updates,
      aliases: networkIds.apply((ids) =>
        Object.fromEntries(ids.map((id, index) => [id, spec.joins[index]?.names ?? []])),
      ),
      secrets: secretTexts(Object.values(args.secrets ?? {}), toldTo(args)),
    },
    component,
  );
  const allNetworks = pulumi.all(spec.networks.map(({ networkId }) => networkId));
  const found = allNetworks.apply((ids) =>
    compare(run, component, name, spec, job === undefined ? ids : "job"),
  );
  const key = hookKey("container", name);
  const transform = job === undefined ? withoutHost(run) : unlessAgain(found);
  return {
    inputs:
      job === undefined
        ? {
            name: found.apply(({ uniqueName }) => uniqueName),
            labels: found.apply(({ generation }) =>
              labelInputs({
                ...spec.labels,
                ...(generation !== undefined && { [generationLabel]: generation }),
              }),
            ),
          }
        : {
            name: found.apply(({ uniqueName }) => uniqueName),
            labels: labelInputs(spec.labels),
            [RUN]: randomInt(1, 2 ** 31),
          },
    options: {
      hooks: replacement.hooks(key),
      ...((pulumi.runtime.isDryRun() || job !== undefined) && { transforms: [transform] }),
    },
    settle: (id) => {
      const readyId = up(id, (known) => replacement.settle(known));
      run.tasks.push(promiseOf(readyId));
      return { readyId, aloneId: up(readyId, (known) => replacement.finish(known).then(() => known)) };
    },
  };
}

interface Found {
  readonly wrong: string | undefined;
  readonly generation: string | undefined;
  readonly uniqueName: string;
}

/** What to call the container, given what stands there: the same as before while that is sound. */
async function compare(
  run: Run,
  component: pulumi.Resource,
  name: string,
  { claim: { hostName }, order, takesOver, networks, updates }: ContainerSpec,
  kind: readonly string[] | "job",
): Promise<Found> {
  const own = ((await run.before) ?? []).filter((each) => each.of === name);
  // A host that cannot be asked has been told of.
  const others = takesOver && (await composeContainers(run.engine, takesOver).catch(() => []));
  const live = [...own, ...(others ?? [])];
  const wrong =
    takeOver(others ?? [], kind === "job" ? "job" : order) ??
    (kind === "job"
      ? jobDrift(live, hostName)
      : (drift(live, hostName, kind) ?? (await driftOfUpdates(run, live[0], updates))));
  if (wrong !== undefined)
    await tell("warn", `${kind === "job" ? "job" : "container"} "${name}": ${wrong}`, component);
  const sound = wrong === undefined ? live[0] : undefined;
  const generation = sound === undefined ? randomBytes(4).toString("hex") : sound.generation;
  const ids = live.map(({ id }) => id).sort();
  const suffix = createHash("sha256")
    .update(JSON.stringify([hostName, generation, ids]))
    .digest("hex");
  // On an overlay network it is not renamed without harm.
  const isLast =
    networks.some(({ attachable }) => attachable !== undefined) &&
    live.every((each) => each.name !== hostName);
  return { wrong, generation, uniqueName: isLast ? hostName : `${hostName}-${suffix.slice(0, 6)}` };
}

/** Whether the Engine was told something else since, by hand or by a run that was cut short. */
async function driftOfUpdates(
  run: Run,
  only: LiveContainer | undefined,
  wanted: EngineUpdates,
): Promise<string | undefined> {
  if (only === undefined) return undefined;
  const found = await liveUpdates(run.engine, only.id, wanted).catch(() => wanted);
  return updateDrift(only.name, wanted, found);
}

/** A job that ended well keeps the number of its run, whether its container is still there or not. */
function unlessAgain(found: pulumi.Output<Found>): pulumi.ResourceTransform {
  return async ({ props, opts }) => {
    const known = (await promiseOf(found)) as Found | undefined;
    return known?.wrong === undefined
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: [RUN] }) }
      : undefined;
  };
}

/** Applies only where things are done: a preview does nothing on the host. */
function up<T>(output: pulumi.Output<T>, act: (value: T) => Promise<T>): pulumi.Output<T> {
  return pulumi.runtime.isDryRun() ? output : output.apply(act);
}

/** What the container is told beside its secrets. */
function toldTo({ environment = {}, files = {} }: ContainerArgs): pulumi.Input<string>[] {
  return [...Object.values(environment), ...Object.values(files).map(({ content }) => content ?? "")];
}
