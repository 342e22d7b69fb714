/** Announces the effects of creating or replacing one container on its users. The hook of its creation also runs in previews. */

import type * as pulumi from "@pulumi/pulumi";

import { tell } from "../../core/tell";
import type { Bag } from "../../core/untyped";
import { missingPaths } from "../conflicts";
import type { HostView } from "../../deployment/look/host-view";
import { type HostContainer, isKeptFailure } from "../live";
import type { Consequence, ConsequenceKind } from "../../provider/consequence";
import { readContainer } from "../../provider/container";
import { opened } from "../../provider/exposure";
import { unmounted } from "../../provider/mounted";
import { gap, gapEnd, stopsFirst } from "../../provider/outage";
import { widened } from "../../provider/powers";

import { needsOf } from "./needs";
import { isRunning, predecessors, type Release, releases, releasesFor } from "../../deployment/plan/plan";
import type { Deployment } from "../../deployment/deployment";
import { leavesItself, type Recorded, recordedOf } from "../../deployment/state/recorded";
import type { ReplacementPlan } from "./plan";

/** A container that is about to be created. */
export interface Announced {
  readonly run: Deployment;
  readonly plan: ReplacementPlan;
  readonly component: pulumi.Resource;
  /** Such as `container "web"`. */
  readonly what: string;
}

export async function announceReplacement(
  announced: Announced,
  { newInputs = {} }: pulumi.ResourceHookArgs,
): Promise<void> {
  const { run, plan, component, what } = announced;
  const view = await run.view;
  if (view === undefined) return;
  // The container of the last run; undefined for a new component.
  const before = await recordedOf(run, plan.urns);
  const found: Found[] = [
    ...("job" in plan.goal ? [] : await outages(announced, view, before, newInputs)),
    ...widened(before, newInputs).map(({ text }) => ["privilege widened", text] as const),
    ...opened(before, newInputs).map((text) => ["exposure widened", text] as const),
    ...(before === undefined ? [] : await leftBehind(run, before, newInputs)),
  ];
  await run.announcements.say(
    found.map(([kind, why]): Consequence => ({ kind, what, why })),
    component,
  );
  for (const path of await createdPaths(view, newInputs))
    await tell(
      "info",
      `${what}: ${path} does not exist on the host; Docker creates it as an empty folder`,
      component,
    );
}

/** The missing paths of its bind mounts: those that may not be missing are conflicts, which end the run before. */
function createdPaths({ hasPath }: HostView, inputs: Bag): Promise<string[]> {
  const binds = readContainer(inputs).mounts.filter(({ kind }) => kind === "bind");
  return missingPaths(
    hasPath,
    binds.flatMap(({ source = "" }) => (source === "" ? [] : [source])),
  );
}

type Found = readonly [ConsequenceKind, string];

async function outages(
  { plan, run, what }: Announced,
  view: HostView,
  before: Bag | undefined,
  inputs: Bag,
): Promise<Found[]> {
  const live = predecessors(view.containers, view.identity, plan).filter(
    (each) => !isKeptFailure(each, plan.hostName),
  );
  const serving = live.filter(isRunning);
  const rest = view.containers.filter((each) => !live.includes(each));
  const needs = needsOf(plan.name, plan.hostName, inputs);
  const released = releases(needs, rest, view.identity, run.declared);
  const found = released.length === 0 ? [] : handOvers(what, released, await run.recorded(), inputs);
  if (serving.length === 0) {
    if (live.length > 0)
      return [...found, downNow(`${names(live)} ${live.length === 1 ? "is" : "are"} not running`)];
    return before === undefined ? found : [...found, downNow("it was removed manually")];
  }
  const reason = stopReason(run, plan, view, serving, inputs);
  if (reason === undefined) return found;
  const { why, between } = reason;
  return [...found, ["brief outage", `${why}; ${gap(before ?? inputs, inputs, between)}`]];
}

/** Why the old one stops before the new one is ready; undefined if it does not. */
function stopReason(
  run: Deployment,
  plan: ReplacementPlan,
  view: HostView,
  serving: readonly HostContainer[],
  inputs: Bag,
): { readonly why: string; readonly between?: string } | undefined {
  const onReplaced = [...run.replacedNetworks].filter((name) =>
    serving.some(({ networks }) => networks.includes(name)),
  );
  if (onReplaced.length > 0)
    return {
      why: `it stops before network ${onReplaced.join(", ")} is replaced, and starts again afterwards`,
      between: "the network is replaced",
    };
  const first = stopsFirst(inputs, plan.order);
  if (first !== undefined) return { why: first };
  const [given] = releasesFor(serving, plan, run.declared, view.identity);
  if (given === undefined) return undefined;
  const to = `it releases ${given.what} for container "${given.to}" and stops`;
  return { why: `${to}, maybe before its new container is ready` };
}

/** Other containers release something for it, and stop first. */
function handOvers(
  what: string,
  released: readonly Release[],
  state: readonly Recorded[],
  inputs: Bag,
): Found[] {
  return released.map(({ holder, what: held }) => {
    const before = state.find(({ outputs }) => outputs["id"] === holder.id)?.outputs ?? {};
    const first = `it takes over ${held} from ${holder.name}, which stops first`;
    return [
      "brief outage",
      `${first}; nothing answers there until ${what} is running, that is, until ${gapEnd(before, inputs)}`,
    ];
  });
}

/** A volume whose own component is removed is announced there. */
async function leftBehind(run: Deployment, before: Bag, inputs: Bag): Promise<Found[]> {
  const found = unmounted(before, inputs);
  if (found.length === 0) return [];
  const state = await run.recorded();
  return found
    .filter(({ volume }) => run.volumes.has(volume) || !leavesItself(state, volume))
    .map(({ text }) => ["data left behind", text]);
}

function downNow(why: string): Found {
  return ["down now", `${why}; this up starts it`];
}

const names = (live: readonly HostContainer[]): string => live.map(({ name }) => name).join(" and ");
