/** Binds a declared network to the host: comparison, hooks and replacement. */

import { randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

import { makeRoom, rangesInUse, strangersOn } from "./engine";
import type { Placement } from "../host/args";
import { failureText } from "../core/text/failure-report";
import { adoptRemedy, isOwn, ownerOf } from "../deployment/look/host-view";
import type { Labels } from "../deployment/look/given-labels";
import { identityLabel, labelInputs } from "../deployment/look/labels";
import { isTakenOver, networkConflicts } from "./conflicts";
import { generationLabel } from "../container/live";

import { declaresGateway, withoutGateway } from "../provider/gateway";
import { networkOpened } from "../provider/exposure";
import { urnsOf } from "../core/aliases";
import type { Owner } from "../core/names";
import { tell } from "../core/tell";
import { hookKey } from "../deployment/hook-key";
import { errorHook, resourceHook } from "../deployment/hooks";
import { rawConflict } from "../deployment/state/raw";
import { recordedOf, types } from "../deployment/state/recorded";
import { tellTakeOver } from "../deployment/take-over";
import { type Deployment, deploymentOf, withoutHost } from "../deployment/deployment";

interface NetworkPlan {
  readonly name: string;
  readonly hostName: string;
  readonly subnet: string | undefined;
  /** The gateway is the one that Docker picks. */
  readonly derivesGateway?: boolean;
  readonly labels: Labels;
  /** The URNs of raw resources that it replaces. */
  readonly aliases?: readonly string[];
  readonly placement: Placement;
}

export function bindNetwork(
  component: pulumi.Resource,
  owner: Owner,
  plan: NetworkPlan,
): {
  labels: pulumi.Input<ReturnType<typeof labelInputs>>;
  options: pulumi.CustomResourceOptions;
} {
  const run = deploymentOf(component, plan.placement);
  if (run === undefined) return { labels: labelInputs(plan.labels), options: {} };
  run.conflicts.add(run, component, async (view) => {
    const { name, hostName, aliases = [] } = plan;
    const holder = view.networks.find((each) => each.name === hostName);
    const raw =
      holder === undefined || isOwn(holder, view.identity) || isTakenOver(view, holder)
        ? undefined
        : await rawConflict(run, { what: `network "${name}"`, type: types.network, hostName, aliases });
    return raw === undefined ? networkConflicts(view, owner, plan) : [raw];
  });
  const key = hookKey("network", plan.name);
  return {
    labels: pulumi.output(judgedGeneration(run, plan.name)).apply((generation) =>
      labelInputs({
        ...plan.labels,
        [identityLabel]: run.identity,
        ...(generation !== undefined && { [generationLabel]: generation }),
      }),
    ),
    options: {
      ...(plan.aliases && plan.aliases.length > 0 && { aliases: [...plan.aliases] }),
      hooks: {
        beforeCreate: [
          resourceHook(
            run,
            `${key}: conflict check`,
            async ({ newInputs = {} }) => {
              await announceOpening(run, component, plan, newInputs);
              const former =
                plan.subnet === undefined ? [] : await formerNetworks(run, component, plan.hostName);
              await before(run, owner, plan, former);
            },
            { onDryRun: true },
          ),
        ],
        onError: [errorHook(run, `${key}: failure report`, (args) => explain(run, plan, component, args))],
      },
      transforms: [
        asFound(run, owner, component, plan),
        ...(plan.derivesGateway === true ? [asCreated(run, component, plan)] : []),
        sideBySide(run, component, plan),
        ...(pulumi.runtime.isDryRun() ? [withoutHost(run)] : []),
      ],
    },
  };
}

/** Announces that a network is no longer internal. */
async function announceOpening(
  run: Deployment,
  component: pulumi.Resource,
  { name, placement }: NetworkPlan,
  inputs: Readonly<Record<string, unknown>>,
): Promise<void> {
  const urns = (): Promise<readonly string[]> => urnsOf(component, types.network, placement.childName);
  const why = networkOpened(await recordedOf(run, urns), inputs);
  if (why !== undefined)
    await run.announcements.say([{ kind: "exposure widened", what: `network "${name}"`, why }], component);
}

/**
 * Takes over an unmanaged network unchanged: its containers stay connected. Its labels stay,
 * because changing them would require a new network.
 */
function asFound(
  run: Deployment,
  owner: Owner,
  component: pulumi.Resource,
  { name, hostName, aliases = [] }: NetworkPlan,
): pulumi.ResourceTransform {
  const found = run.view.then((view) => {
    const holder = view?.networks.find((each) => each.name === hostName);
    return view === undefined || holder === undefined || isOwn(holder, view.identity) ? undefined : holder;
  });
  const now = Promise.all([run.view, found]).then(([view, holder]) =>
    view !== undefined && holder !== undefined && !isTakenOver(view, holder) ? holder : undefined,
  );
  tellTakeOver(run, owner, component, now, `network "${name}"`, hostName, () => "unchanged");
  return async ({ props, opts }) => {
    const holder = await found;
    if (holder === undefined) return undefined;
    // A resource named by an alias is already in the state.
    const adopted = owner.adopts === true && aliases.length === 0 ? { import: holder.id } : {};
    return { props, opts: pulumi.mergeOptions(opts, { ...adopted, ignoreChanges: ["labels"] }) };
  };
}

/** A network that was created without a gateway keeps that: a gateway, even the same one, would replace it and its containers. */
function asCreated(
  run: Deployment,
  component: pulumi.Resource,
  { hostName, placement }: NetworkPlan,
): pulumi.ResourceTransform {
  const former = async (): Promise<boolean | undefined> => {
    const view = await run.view;
    const live = view?.networks.find((each) => each.name === hostName);
    if (view === undefined || live === undefined) return undefined;
    if (!isOwn(live, view.identity)) return live.gateways !== undefined && live.gateways.length > 0;
    const recorded = await recordedOf(run, () => urnsOf(component, types.network, placement.childName));
    return recorded === undefined ? undefined : declaresGateway(recorded);
  };
  return async ({ props, opts }) =>
    (await former()) === false
      ? { props: { ...props, ipamConfigs: withoutGateway(props) }, opts }
      : undefined;
}

/**
 * Whether the new network can be created next to the old one, because it has a different name and no fixed subnet: the containers
 * on the old one do not have to stop first.
 */
function sideBySide(
  run: Deployment,
  component: pulumi.Resource,
  { hostName, subnet }: NetworkPlan,
): pulumi.ResourceTransform {
  return async ({ props, opts }) => {
    const former = await formerNetworks(run, component, hostName);
    const isFree = former.length > 0 && !former.includes(hostName) && subnet === undefined;
    return isFree ? { props, opts: pulumi.mergeOptions(opts, { deleteBeforeReplace: false }) } : undefined;
  };
}

/** The previous host names of a network, including those of its aliases. */
async function formerNetworks(
  run: Deployment,
  component: pulumi.Resource,
  hostName: string,
): Promise<string[]> {
  const view = await run.view;
  if (view === undefined) return [];
  const urns = await urnsOf(component, types.network, (name) => name);
  const names = new Set(urns.map((urn) => urn.split("::").slice(3).join("::")));
  return view.networks
    .filter((each) => isOwn(each, view.identity))
    .filter((each) => each.name === hostName || names.has(each.labels["io.dockwright.name"] ?? ""))
    .map(({ name }) => name);
}

/** The same in an `up`, after the conflict check: from then on, the state would record it for this component. */
async function judgedGeneration(run: Deployment, name: string): Promise<string | undefined> {
  if (!pulumi.runtime.isDryRun()) await run.conflicts.judged;
  return generationOf(run, name);
}

/** While a network exists it keeps its value; a manually removed one gets a new value, so that it is recreated. */
export async function generationOf(run: Deployment, name: string): Promise<string | undefined> {
  const live = (await run.networksBefore)?.find((each) => each.of === name);
  return live === undefined ? randomBytes(4).toString("hex") : live.generation;
}

/** @param former - the host names of networks that can have its subnet: they are removed first, like the one with its name */
export async function before(
  run: Deployment,
  owner: Owner,
  { name, hostName }: Pick<NetworkPlan, "name" | "hostName">,
  former: readonly string[] = [],
): Promise<void> {
  const { engine, failed, identity } = run;
  const view = await run.view;
  for (const each of view?.networks ?? [])
    if (isOwn(each, view?.identity ?? "") && [hostName, ...former].includes(each.name))
      run.replacedNetworks.add(each.name);
  if (pulumi.runtime.isDryRun()) return;
  if (failed !== undefined) throw new Error(`network "${name}" was not created, because ${failed}`);
  const other = await makeRoom(engine, await identity, hostName);
  if (other !== undefined) throw new Error(takenText(owner, name, hostName, other));
}

function takenText(
  owner: Owner,
  name: string,
  hostName: string,
  labels: Readonly<Record<string, string>>,
): string {
  const other = `docker network inspect ${hostName}; remove it if it is yours, or give this one another name (name: "...")`;
  return failureText({
    what: `network "${name}"`,
    why: `the name ${hostName} on the host belongs to a network created by ${ownerOf(labels, owner)}`,
    now: "that network was not changed",
    next: `${adoptRemedy(owner, labels, other)}; then run pulumi up again`,
  });
}

/** Adds the cause on the host to the provider's error. */
export async function explain(
  run: Deployment,
  { name, hostName }: Pick<NetworkPlan, "name" | "hostName">,
  component: pulumi.Resource,
  { failedOperation, errors }: pulumi.ErrorHookArgs,
): Promise<boolean> {
  const undone = await run.fail(`network "${name}"`);
  const cause = errors.join(" ");
  const strangers =
    failedOperation === "delete" ? await strangersOn(run.engine, await run.identity, hostName) : [];
  const remedy =
    strangers.length > 0
      ? strangers.map((each) => `docker network disconnect ${hostName} ${each}`).join("; ")
      : /[Pp]ool overlaps/.test(cause)
        ? `choose another subnet; in use: ${(await rangesInUse(run.engine)).join(", ")}`
        : "correct the cause";
  await tell(
    "error",
    failureText({
      what: `network "${name}"`,
      why:
        strangers.length > 0
          ? `it cannot be removed while containers that are not managed by this stack are connected: ${strangers.join(", ")}`
          : cause,
      now:
        failedOperation === "delete"
          ? "the network is unchanged; the containers of this stack on it were stopped for its replacement"
          : ["the network was not created", ...undone].join("; "),
      next: `${remedy}; then run pulumi up again`,
    }),
    component,
  );
  return false;
}
