/** Announces the effects of a container replacement on its users: the hook before its creation also runs in previews. */

import type * as pulumi from "@pulumi/pulumi";

import type { HostView } from "../../deployment/look/host-view";
import { type HostContainer, isKeptFailure } from "../live";
import { gap, stopsFirst } from "../../provider/outage";

import type { Consequence } from "../../deployment/announcements";
import { needsOf } from "./needs";
import { type Declared, isRunning, predecessors, releases } from "../../deployment/plan/plan";
import type { Deployment } from "../../deployment/deployment";
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
  replacement: Announced,
  { newInputs = {}, urn }: pulumi.ResourceHookArgs,
): Promise<void> {
  const { run, plan, component } = replacement;
  const view = await run.view;
  if (view === undefined || "job" in plan.goal) return;
  const wasThere = async (): Promise<boolean> => (await run.recorded()).some((each) => each.urn === urn);
  for (const each of await consequences(view, replacement, newInputs, wasThere))
    await run.announcements.say(each, component);
}

async function consequences(
  view: HostView,
  { plan, run, what }: Announced,
  inputs: Readonly<Record<string, unknown>>,
  wasThere: () => Promise<boolean>,
): Promise<Consequence[]> {
  const live = predecessors(view.containers, view.identity, plan).filter(
    (each) => !isKeptFailure(each, plan.hostName),
  );
  const serving = live.filter(isRunning);
  const found = handOvers(what, view, needsOf(plan.name, plan.hostName, inputs), run.declared);
  if (serving.length === 0) {
    if (live.length > 0) return [...found, downNow(what, `${names(live)} is not running`)];
    return (await wasThere()) ? [...found, downNow(what, "it was removed manually")] : found;
  }
  const onReplaced = [...run.replacedNetworks].filter((name) =>
    serving.some(({ networks }) => networks.includes(name)),
  );
  const reason =
    onReplaced.length > 0
      ? `it stops before network ${onReplaced.join(", ")} is replaced, and starts again afterwards`
      : stopsFirst(inputs, plan.order);
  if (reason === undefined) return found;
  return [...found, { kind: "brief outage", what, why: `${reason}; ${gap(inputs, inputs)}` }];
}

/** Other containers release something for it, and stop first. */
function handOvers(
  what: string,
  view: HostView,
  needs: ReturnType<typeof needsOf>,
  declared: readonly Declared[],
): Consequence[] {
  return releases(needs, view.containers, view.identity, declared).map(({ holder, what: held }) => ({
    kind: "brief outage",
    what,
    why: `it takes over ${held} from ${holder.name}, which stops first; nothing answers there until ${what} is running`,
  }));
}

function downNow(what: string, why: string): Consequence {
  return { kind: "down now", what, why: `${why}; this up starts it` };
}

const names = (live: readonly HostContainer[]): string => live.map(({ name }) => name).join(" and ");
