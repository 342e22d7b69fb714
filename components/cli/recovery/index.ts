/** What surrounds a run of Pulumi: before it what an interrupted run left is put away, after it what that run had begun is settled. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { backendFolder, stackPlace, type StackPlace } from "../pulumi/backend";
import type { Environment } from "../command";
import { ask, projectFolder, type Target } from "../pulumi/run";
import { count, formatRefusal, say } from "../say";
import { removeTorn } from "./attributes";
import { goneFromSwarm, namesSwarm, swarmIds } from "./gone";
import { hasInterrupted, settleInterrupted } from "./interrupted";
import { anyLock, lockFiles, recover } from "./recover";
import {
  type ExportedStack,
  judgePending,
  knownNames,
  type Ownership,
  type PendingOperation,
  type Recorded,
  recordedIds,
  without,
  withoutResources,
} from "./state";
import { mayHavePending, stateTexts } from "./state-files";

/** What was found out before the run. */
export interface Prepared {
  /** The file backend; undefined where it is of another kind, which looks after its locks itself. */
  readonly backend: Backend | undefined;
  /** Operations of an interrupted run that are still to be judged, and that the state has no more: an import drops all of them. */
  readonly begun: readonly PendingOperation[];
}

interface Backend {
  readonly url: string;
  readonly folder: string;
}

/** Puts away what an interrupted run left; undefined where a run of somebody is under way, which is said. */
export async function prepare(target: Target, environment: Environment): Promise<Prepared | undefined> {
  const backend = backendOf(target, environment["PULUMI_BACKEND_URL"]);
  if (backend === undefined) return { backend, begun: [] };
  if (!(await isFree(target, backend))) return undefined;
  await forgetGone(target, backend);
  return { backend, begun: await finishInterrupted(target, backend) };
}

/** After a run that succeeded. */
export async function settle(target: Target, { backend, begun }: Prepared): Promise<void> {
  if (backend !== undefined && (begun.length > 0 || mayHavePending(backend.folder, target.stack)))
    await forgetPending(target, backend, begun);
}

/** Removes from the host what a run that was killed had begun and no state has. */
export async function removeBegun(
  before: ExportedStack,
  after: ExportedStack,
  { begun }: Prepared,
): Promise<void> {
  await removeOf(knownNames(withOperations(before, begun)), after);
}

function withOperations<T extends ExportedStack>(state: T, more: readonly PendingOperation[]): T {
  const pending_operations = [...(state.deployment.pending_operations ?? []), ...more];
  return { ...state, deployment: { ...state.deployment, pending_operations } };
}

async function removeOf(owners: readonly Ownership[], state: ExportedStack): Promise<void> {
  if (owners.length === 0) return;
  // Loaded only here: `up` seldom needs a conversation with the Engine.
  const { removeLeftovers } = await import("./leftovers");
  const removed = await removeLeftovers(owners, recordedIds(state));
  if (removed.length > 0) say("leftovers", `removed ${removed.join(", ")}, left by a killed run`);
}

/** The state as Pulumi exports it; undefined where there is none. */
export function exported(target: Target): ExportedStack | undefined {
  const text = ask(target, ["stack", "export"]);
  return text === undefined ? undefined : (JSON.parse(text) as ExportedStack);
}

function backendOf(target: Target, given: string | undefined): Backend | undefined {
  const url = given !== undefined && given !== "" ? given : loggedIn(target);
  const folder = url && backendFolder(url, projectFolder(target));
  return url === undefined || folder === undefined ? undefined : { url, folder };
}

function loggedIn(target: Target): string | undefined {
  const said = ask({ ...target, stack: undefined }, ["whoami", "--verbose", "--json"]);
  const { url } = JSON.parse(said ?? "{}") as { url?: string };
  return url;
}

async function isFree(target: Target, backend: Backend): Promise<boolean> {
  for (const file of await removeTorn(backend.folder))
    say(
      "state",
      `removed an incomplete attributes file of ${file} that a killed run left; the state is complete`,
    );
  if (!anyLock(backend.folder)) return true;
  const place = placeOf(target, backend);
  if (place === undefined) return true; // there is no such stack: Pulumi says so
  const refusal = await recover(place, backend.url, projectFolder(target));
  if (refusal !== undefined) process.stderr.write(formatRefusal(refusal));
  return refusal === undefined;
}

function placeOf(target: Target, { folder }: Backend): StackPlace | undefined {
  const name = ask(target, ["stack", "--show-name", "--fully-qualify-stack-names"])?.trim();
  if (name === undefined || name === "") return undefined;
  const file = ["Pulumi.yaml", "Pulumi.yml"]
    .map((each) => join(projectFolder(target), each))
    .find(existsSync);
  const project = file && /^name:\s*["']?([^\s"']+)/m.exec(readFileSync(file, "utf8"))?.[1];
  return stackPlace(folder, name, project ?? "");
}

/** What is gone from the swarm cannot be deleted: no run would succeed any more. */
async function forgetGone(target: Target, backend: Backend): Promise<void> {
  const states = stateTexts(backend.folder, target.stack).filter(namesSwarm);
  if (states.length === 0) return;
  const live = await swarmIds();
  const isGone = (text: string): boolean => {
    const { checkpoint } = JSON.parse(text) as { checkpoint?: { latest?: ExportedStack["deployment"] } };
    return goneFromSwarm({ deployment: checkpoint?.latest ?? {} }, live).length > 0;
  };
  if (!states.some(isGone)) return;
  const place = placeOf(target, backend);
  const state = exported(target);
  if (place === undefined || state === undefined || lockFiles(place).length > 0) return;
  const gone = goneFromSwarm(state, live);
  if (gone.length === 0) return;
  if (ask(target, ["stack", "import"], JSON.stringify(withoutResources(state, gone))) === undefined) return;
  say("state", `forgot ${namesOf(gone)}: no longer on the swarm`);
}

/** Deletions and changes that a killed run had begun; gives what else it had begun, where the import dropped that. */
async function finishInterrupted(target: Target, backend: Backend): Promise<readonly PendingOperation[]> {
  if (!mayHavePending(backend.folder, target.stack)) return [];
  const before = exported(target);
  if (before === undefined || !hasInterrupted(before)) return [];
  const { presence } = await import("./presence");
  const { state, gone, there } = await settleInterrupted(before, presence());
  const place = placeOf(target, backend);
  if (state === before || place === undefined || lockFiles(place).length > 0) return [];
  if (ask(target, ["stack", "import"], JSON.stringify(state)) === undefined) return [];
  const words = [
    ...(gone.length > 0 ? [`${namesOf(gone)}: no longer on the host, removed from the state`] : []),
    ...(there.length > 0 ? [`${namesOf(there)}: still on the host, handled by this run`] : []),
  ];
  say("state", `settled pending operations of an interrupted run (${words.join("; ")})`);
  return state.deployment.pending_operations ?? [];
}

/** `Container web, Network front`. */
function namesOf(resources: readonly Recorded[]): string {
  return resources
    .map(({ urn, type }) => `${type.split(":").at(-1) ?? ""} ${urn.split("::").at(-1) ?? ""}`)
    .join(", ");
}

/** Pulumi never forgets a creation that was interrupted, and warns of it in every later run. */
async function forgetPending(
  target: Target,
  backend: Backend,
  begun: readonly PendingOperation[],
): Promise<void> {
  const place = placeOf(target, backend);
  const state = exported(target);
  if (place === undefined || state === undefined) return;
  const recorded = state.deployment.pending_operations ?? [];
  const { settled, abandoned, unknown } = judgePending(withOperations(state, begun));
  await removeOf(
    abandoned.map(({ owner }) => owner),
    state,
  );
  const forgotten = [...settled, ...abandoned.map(({ operation }) => operation)];
  // Somebody who began meanwhile will come by here as well.
  const imports = recorded.some((each) => forgotten.includes(each)) && lockFiles(place).length === 0;
  if (imports) {
    const done = ask(target, ["stack", "import"], JSON.stringify(without(state, forgotten)));
    if (done === undefined) return;
  }
  if (forgotten.length > 0 && (imports || recorded.length === 0))
    say(
      "state",
      `forgot ${count(forgotten.length, "creation")} that a killed run had begun: already recorded, or no longer on the host`,
    );
  if (unknown.length > 0) {
    const names = `${count(unknown.length, "operation")} that a killed run had begun (${namesOf(unknown.map(({ resource }) => resource))})`;
    // An import drops every operation, whoever's it is.
    say(
      "state",
      imports || recorded.length === 0
        ? `the state no longer contains ${names}; to check them:  pulumi refresh`
        : `Pulumi keeps warning about ${names}; check them, then run: pulumi refresh --clear-pending-creates`,
    );
  }
}
