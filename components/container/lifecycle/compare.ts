/** Compares the live container of a component with what the last run left and what the program declares. */

import { createHash, randomBytes } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { settingsOf } from "../../deployment/look/engine/containers";
import { changedByHand } from "../by-hand";
import type { ContainerSpec } from "../schema";
import { liveUpdates } from "../engine/updates";
import { updateDrift } from "../engine-updates";
import { isOwn } from "../../deployment/look/host-view";
import { drift, jobDrift, takeOver } from "../drift";
import type { HostContainer } from "../live";

import { urnsOf } from "../../core/aliases";
import { knownOf } from "../../core/later";
import { tell } from "../../core/tell";
import { type Lineage, predecessors } from "../../deployment/plan/plan";
import type { Deployment } from "../../deployment/deployment";
import { type Recorded, recordedOf, types } from "../../deployment/state/recorded";
import { readContainer } from "../../provider/container";
import type { AnonymousVolumes } from "../mounts/lifecycle";

export interface Found {
  readonly wrong: string | undefined;
  readonly generation: string | undefined;
  readonly uniqueName: string;
}

/** The generation of the container, and its name until it is proven: unchanged while the live one has no drift. */
export async function compare(
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
    kind === "job"
      ? { wrong: jobDrift(live, hostName), sound: live[0] }
      : drift(live, hostName, await networksBefore(run, component, lineage, spec, live, kind));
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

/** The networks that its container should have: those of the last run, because a change in the program is not drift. */
async function networksBefore(
  run: Deployment,
  component: pulumi.Resource,
  { hostName }: Lineage,
  { placement }: ContainerSpec,
  live: readonly HostContainer[],
  declared: readonly string[],
): Promise<readonly string[]> {
  // The state is read only where the host differs from the program.
  if (drift(live, hostName, declared).wrong === undefined) return declared;
  const before = await lastRun(run, component, placement);
  return before === undefined ? declared : readContainer(before).attachments.map(({ network }) => network);
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
  const before = (await lastRun(run, component, placement)) ?? {};
  const texts = changed
    .filter(({ input }) => before[input] === (declared as Readonly<Record<string, unknown>>)[input])
    .map(({ text }) => text);
  return texts.length === 0
    ? undefined
    : `${name} was changed manually (${texts.join("; ")}); it is replaced`;
}

/** Its container as the last run left it; undefined for a new one. */
function lastRun(
  run: Deployment,
  component: pulumi.Resource,
  { childName }: ContainerSpec["placement"],
): Promise<Recorded["outputs"] | undefined> {
  return recordedOf(run, () => urnsOf(component, types.container, childName));
}
