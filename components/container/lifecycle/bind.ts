/** Binds a declared container to the host: comparison, hooks and replacement. */

import { createHash, randomBytes, randomInt } from "node:crypto";

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { settingsOf } from "../../deployment/look/engine/containers";
import { changedByHand } from "../by-hand";
import type { ContainerArgs } from "../args";
import { containerConflicts } from "../conflicts";
import type { ContainerSpec } from "../schema";
import { liveUpdates } from "../engine/updates";
import { updateDrift } from "../engine-updates";
import { identityLabel, labelInputs } from "../../deployment/look/labels";
import { type HostView, isOwn } from "../../deployment/look/host-view";
import { drift, jobDrift, takeOver } from "../drift";
import { generationLabel, type HostContainer } from "../live";

import { formerNames, urnsOf } from "../../core/aliases";
import { knownOf, promiseOf } from "../../core/later";
import type { Owner } from "../../core/names";
import { tell } from "../../core/tell";
import { hookKey } from "../../deployment/hook-key";
import { resourceHook } from "../../deployment/hooks";
import { type Lineage, predecessors, serviceOf } from "../../deployment/plan/plan";
import { Replacement } from "./replacement";
import { replacementHooks } from "./hooks";
import { type Deployment, deploymentOf, withoutHost } from "../../deployment/deployment";
import { rawConflict, rawNames } from "../../deployment/state/raw";
import { recordedOf, types } from "../../deployment/state/recorded";
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
    // A name that another component has now is that one's.
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
          resourceHook(run, `${key}: loses no data`, anonymous.before),
          ...(hooks.beforeCreate ?? []),
          resourceHook(run, `${key}: takes data over`, anonymous.carryOver),
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

interface Found {
  readonly wrong: string | undefined;
  readonly generation: string | undefined;
  readonly uniqueName: string;
}

/** The generation of the container: unchanged while the live one has no drift. */
async function compare(
  run: Deployment,
  component: pulumi.Resource,
  lineage: Lineage,
  spec: ContainerSpec,
  anonymous: AnonymousVolumes,
  ready: Promise<unknown>,
  kind: readonly string[] | "job",
): Promise<Found> {
  const { name, hostName } = lineage;
  const { networks } = spec;
  const order = await anonymous.orderOf(spec.order);
  await ready;
  const view = await run.view;
  const live = view === undefined ? [] : predecessors(view.containers, view.identity, lineage);
  const others = live.filter((each) => view !== undefined && !isOwn(each, view.identity));
  const found =
    kind === "job" ? { wrong: jobDrift(live, hostName), sound: live[0] } : drift(live, hostName, kind);
  const carried = await anonymous.carriedText(others);
  const taken = takeOver(others, kind === "job" ? "job" : order);
  const wrong =
    (taken === undefined ? undefined : `${taken}${carried}`) ??
    found.wrong ??
    (kind === "job" || found.sound === undefined
      ? undefined
      : await byHand(run, component, found.sound, spec));
  const said = wrong ?? ("note" in found ? found.note : undefined);
  const what = `${kind === "job" ? "job" : "container"} "${name}"`;
  if (wrong !== undefined && taken !== undefined)
    await run.announcements.say([{ kind: "takeover", what, why: wrong }], component);
  else if (said !== undefined) await tell("warn", `${what}: ${said}`, component);
  const sound = wrong === undefined ? found.sound : undefined;
  const generation = sound === undefined ? randomBytes(4).toString("hex") : sound.generation;
  const ids = live.map(({ id }) => id).sort();
  const suffix = createHash("sha256")
    .update(JSON.stringify([hostName, generation, ids]))
    .digest("hex");
  // On an overlay network a rename interrupts connections.
  const isLast =
    networks.some(({ attachable }) => attachable !== undefined) &&
    live.every((each) => each.name !== hostName);
  return { wrong, generation, uniqueName: isLast ? hostName : `${hostName}-${suffix.slice(0, 6)}` };
}

/** Changes by `docker update` to an otherwise unchanged container, except those that the program also makes. */
async function byHand(
  run: Deployment,
  component: pulumi.Resource,
  { id, name }: { readonly id: string; readonly name: string },
  { inputs, placement, updates }: ContainerSpec,
): Promise<string | undefined> {
  const { memory, memoryReservation, memorySwap, cpus, cpuShares, cpuSet, restart, maxRetryCount } = inputs;
  const [live, declared] = await Promise.all([
    settingsOf(run.engine, id).catch(() => undefined),
    knownOf(
      pulumi.output({
        memory,
        memoryReservation,
        memorySwap,
        cpus,
        cpuShares,
        cpuSet,
        restart,
        maxRetryCount,
      }),
    ),
  ]);
  if (live === undefined || declared === undefined) return undefined;
  // The Engine is read again only if it may not support the update.
  const told =
    updateDrift(name, updates, { PidsLimit: live.PidsLimit || -1 }) &&
    updateDrift(name, updates, await liveUpdates(run.engine, id, updates).catch(() => updates));
  if (told) return told;
  const changed = changedByHand(declared, live);
  if (changed.length === 0) return undefined;
  const urns = (): Promise<readonly string[]> => urnsOf(component, types.container, placement.childName);
  const before = (await recordedOf(run, urns)) ?? {};
  const texts = changed
    .filter(({ input }) => before[input] === (declared as Readonly<Record<string, unknown>>)[input])
    .map(({ text }) => text);
  return texts.length === 0
    ? undefined
    : `${name} was changed manually (${texts.join("; ")}); it is replaced`;
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
