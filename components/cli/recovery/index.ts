/** Recovery around a Pulumi run: before it, cleans up after an interrupted run; after it, settles that run's pending operations. */

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

/** The findings before the run. */
export interface Prepared {
  /** The file backend; undefined for other backends, which manage their locks themselves. */
  readonly backend: Backend | undefined;
  /** Pending operations of an interrupted run that are no longer in the state: an import drops all of them. */
  readonly begun: readonly PendingOperation[];
}

interface Backend {
  readonly url: string;
  readonly folder: string;
}

/** Cleans up after an interrupted run; undefined if another run is in progress, which is reported. */
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

/** Removes objects from the host that a killed run created and that are in no state. */
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
  // Loaded only here: `up` rarely needs the Engine client.
  const { removeLeftovers } = await import("./leftovers");
  const removed = await removeLeftovers(owners, recordedIds(state));
  if (removed.length > 0) say("leftovers", `removed ${removed.join(", ")}, left by a killed run`);
}

/** The state as Pulumi exports it; undefined without a state. */
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
  if (place === undefined) return true; // the stack does not exist: Pulumi reports it
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

/** The provider cannot delete missing swarm objects: every later run would fail. */
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

/** Settles pending deletions and updates of a killed run; returns its other pending operations if the import dropped them. */
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
  say("state", `settled unfinished operations of an interrupted run (${words.join("; ")})`);
  return state.deployment.pending_operations ?? [];
}

/** `Container web, Network front`. */
function namesOf(resources: readonly Recorded[]): string {
  return resources
    .map(({ urn, type }) => `${type.split(":").at(-1) ?? ""} ${urn.split("::").at(-1) ?? ""}`)
    .join(", ");
}

/** Pulumi never removes an interrupted creation from the state, and warns about it in every later run. */
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
  // A run that started in the meantime settles them as well.
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
    // An import drops every pending operation.
    say(
      "state",
      imports || recorded.length === 0
        ? `the state no longer contains ${names}; to check them:  pulumi refresh`
        : `Pulumi keeps warning about ${names}; check them, then run: pulumi refresh --clear-pending-creates`,
    );
  }
}
