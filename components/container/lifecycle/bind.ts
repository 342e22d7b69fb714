/** Binds a declared container to the host: comparison, hooks and replacement. */

import { randomInt } from "node:crypto";

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs } from "../args";
import { containerConflicts } from "../conflicts";
import type { ContainerSpec } from "../schema";
import { identityLabel, labelInputs } from "../../deployment/look/labels";
import { type HostView, isOwn } from "../../deployment/look/host-view";
import { generationLabel, type HostContainer } from "../live";

import { formerNames, urnsOf } from "../../core/aliases";
import { promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { hookKey } from "../../deployment/hook-key";
import { resourceHook } from "../../deployment/hooks";
import { type Lineage, predecessors, serviceOf } from "../../deployment/plan/plan";
import { compare, type Found } from "./compare";
import { Replacement } from "./replacement";
import { replacementHooks } from "./hooks";
import { type Deployment, deploymentOf, withoutHost } from "../../deployment/deployment";
import { rawConflict, rawNames } from "../../deployment/state/raw";
import { types } from "../../deployment/state/recorded";
import { AnonymousVolumes } from "../mounts/lifecycle";
import { secretTexts } from "../../core/secret-texts";

/** A provider input without effect on the host: a new number in it starts a new run of a job. */
export const RUN = "waitTimeout";

/** The additions of the lifecycle to a container resource. */
export interface Lifecycle {
  readonly inputs: Pick<ProviderArgs, "name" | "labels" | "volumes" | typeof RUN>;
  readonly options: pulumi.CustomResourceOptions;
  /** The id once the container is proven; fails if it does not stay healthy. */
  readonly whenReady: (id: pulumi.Output<string>) => {
    readonly readyId: pulumi.Output<string>;
    /** Resolves when its predecessors are removed. */
    readonly replacedId: pulumi.Output<string>;
  };
}

export function bindContainer(
  component: pulumi.Resource,
  owner: Owner,
  name: string,
  spec: ContainerSpec,
  args: ContainerArgs,
  /** The URNs of raw resources that it replaces. */
  aliases: readonly string[],
  job?: { readonly timeoutSeconds: number },
): Lifecycle {
  const hostName = spec.claim.hostName;
  const run = deploymentOf(component, spec.placement);
  if (run === undefined) {
    const whenReady: Lifecycle["whenReady"] = (id) => ({ readyId: id, replacedId: id });
    return { inputs: { name: hostName, labels: labelInputs(spec.labels) }, options: {}, whenReady };
  }
  const what = `${job === undefined ? "container" : "job"} "${name}"`;
  const formerly: string[] = [];
  const renamedFrom: string[] = [];
  const raw = rawNames(run, aliases).then((names) => void formerly.push(...names));
  const ready = Promise.all([
    raw,
    // A name that another component has now belongs to that component.
    formerNames(component).then((names) => {
      renamedFrom.push(...names.filter((each) => !run.declared.some((other) => other.name === each)));
    }),
  ]);
  run.conflicts.add(run, component, async (view) => {
    // Not `ready`: the URN of a component that depends on another is known once that one is created, which waits for this check.
    await raw;
    const holder = view.containers.find((each) => each.name === hostName && !isOwn(each, view.identity));
    const unmanaged = holder && (await rawConflict(run, { what, type: types.container, hostName, aliases }));
    if (unmanaged !== undefined) return [unmanaged];
    return containerConflicts(view, {
      what,
      owner,
      claim: spec.claim,
      args,
      takenOver: (container) => isTakenOver(run, view, container),
    });
  });
  const networkIds = pulumi.all(spec.joins.map(({ network }) => network.networkId));
  const lineage: Lineage = { owner, name, hostName, takesOver: spec.takesOver, formerly, renamedFrom };
  const anonymous = new AnonymousVolumes(run, component, what, lineage, spec, args);
  let order = spec.order;
  void anonymous.orderOf(order).then((known) => (order = known));
  const replacement = new Replacement(
    run,
    {
      ...lineage,
      declared: { ...spec.claim, service: serviceOf(spec.labels) },
      urns: () => urnsOf(component, types.container, spec.placement.childName),
      get order() {
        return order;
      },
      goal: job === undefined ? { service: spec.readiness } : { job },
      monitorSeconds: spec.monitorSeconds,
      drainSeconds: spec.drainSeconds,
      updates: spec.updates,
      aliases: networkIds.apply((ids) =>
        Object.fromEntries(ids.map((id, index) => [id, spec.joins[index]?.names ?? []])),
      ),
      secrets: secretTexts(args, Object.values(args.secrets ?? {})),
    },
    component,
  );
  const allNetworks = pulumi.all(spec.networks.map(({ networkId }) => networkId));
  const found = allNetworks.apply((ids) =>
    compare(run, component, lineage, spec, anonymous, ready, job === undefined ? ids : "job"),
  );
  const key = hookKey("container", name);
  const hooks = replacementHooks(replacement, key);
  const transform = job === undefined ? withoutHost(run) : unlessAgain(found);
  return {
    inputs: {
      ...anonymous.inputs,
      ...(job === undefined
        ? {
            name: found.apply(({ uniqueName }) => uniqueName),
            labels: found.apply(({ generation }) =>
              labelInputs({
                ...spec.labels,
                [identityLabel]: run.identity,
                ...(generation !== undefined && { [generationLabel]: generation }),
              }),
            ),
          }
        : {
            name: found.apply(({ uniqueName }) => uniqueName),
            labels: labelInputs({ ...spec.labels, [identityLabel]: run.identity }),
            [RUN]: randomInt(1, 2 ** 31),
          }),
    },
    options: {
      ...(aliases.length > 0 && { aliases: [...aliases] }),
      hooks: {
        ...hooks,
        beforeCreate: [
          resourceHook(run, `${key}: data check`, anonymous.before),
          ...(hooks.beforeCreate ?? []),
          resourceHook(run, `${key}: data transfer`, anonymous.carryOver),
        ],
      },
      ...((pulumi.runtime.isDryRun() || job !== undefined) && { transforms: [transform] }),
    },
    whenReady: (id) => {
      const readyId = up(id, (known) => replacement.whenReady(known));
      run.tasks.push(promiseOf(readyId));
      return { readyId, replacedId: up(readyId, (known) => run.commit().then(() => known)) };
    },
  };
}

/** Whether any container of the run takes over this one, which is not managed by this stack. */
function isTakenOver({ members }: Deployment, { identity }: HostView, container: HostContainer): boolean {
  return members.some(
    (each) => each instanceof Replacement && predecessors([container], identity, each.plan).length > 0,
  );
}

/** A successful job keeps its run number, even if its container was removed. */
function unlessAgain(found: pulumi.Output<Found>): pulumi.ResourceTransform {
  return async ({ props, opts }) => {
    const known = (await promiseOf(found)) as Found | undefined;
    return known?.wrong === undefined
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: [RUN] }) }
      : undefined;
  };
}

/** Only in an `up`: a preview changes nothing on the host. */
function up<T>(output: pulumi.Output<T>, act: (value: T) => Promise<T>): pulumi.Output<T> {
  return pulumi.runtime.isDryRun() ? output : output.apply(act);
}
