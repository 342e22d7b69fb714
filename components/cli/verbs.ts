/** The order of things: before Pulumi, Pulumi, after Pulumi. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { removeTorn } from "./attributes";
import { backendFolder, stackPlace, type StackPlace } from "./backend";
import { goneFromSwarm, namesSwarm, swarmIds } from "./gone";
import { ask, projectFolder, run, type Target } from "./pulumi";
import { anyLock, lockFiles, recover } from "./recover";
import { count, formatRefusal, say } from "./say";
import {
  type ExportedStack,
  judgePending,
  knownNames,
  recordedIds,
  without,
  withoutResources,
} from "./state";

export interface Work {
  readonly target: Target;
  /** For Pulumi, as typed. */
  readonly options: readonly string[];
  /** PULUMI_BACKEND_URL, which wins over where the user is logged in. */
  readonly backend: string | undefined;
}

/** `pulumi up` on a stack that a killed run may have left; the exit code. */
export async function up(work: Work): Promise<number> {
  const backend = backendOf(work);
  if (backend !== undefined && !(await isReady(work, backend))) return 1;
  const code = await run(["up", ...work.options]);
  if (code === 0 && backend !== undefined && mayHavePending(backend.folder, work.target.stack))
    await forgetPending(work, backend);
  return code;
}

/** `pulumi destroy`, likewise; then what a killed run had begun is removed from the host. */
export async function down(work: Work): Promise<number> {
  const backend = backendOf(work);
  if (backend !== undefined && !(await isReady(work, backend))) return 1;
  const before = exported(work.target);
  const code = await run(["destroy", ...work.options]);
  if (code !== 0 || work.options.includes("--preview-only")) return code;
  const after = exported(work.target);
  if (before !== undefined && after !== undefined) {
    // Loaded only here: `up` seldom needs a conversation with the Engine.
    const { removeLeftovers } = await import("./leftovers");
    const removed = await removeLeftovers(knownNames(before), recordedIds(after));
    if (removed.length > 0) say("leftovers", `removed ${removed.join(", ")}, begun by a run that was killed`);
    // Pulumi removes none of them. Where the stack still has some of its resources they may be needed.
    if ((after.deployment.resources ?? []).length === 0) {
      const { buildsOf, removeUnusedBuilds } = await import("./builds");
      const builds = await removeUnusedBuilds(buildsOf(before));
      if (builds.length > 0) say("builds", `removed ${builds.join(", ")}, which nothing uses`);
    }
  }
  if (backend !== undefined && mayHavePending(backend.folder, work.target.stack))
    await forgetPending(work, backend);
  return code;
}

interface Backend {
  readonly url: string;
  readonly folder: string;
}

/** The file backend in use; undefined where it is another kind, which looks after its locks itself. */
function backendOf({ target, backend }: Work): Backend | undefined {
  const url = backend !== undefined && backend !== "" ? backend : loggedIn(target);
  const folder = url && backendFolder(url, projectFolder(target));
  return url === undefined || folder === undefined ? undefined : { url, folder };
}

function loggedIn(target: Target): string | undefined {
  const said = ask({ ...target, stack: undefined }, ["whoami", "--verbose", "--json"]);
  const { url } = JSON.parse(said ?? "{}") as { url?: string };
  return url;
}

/** Puts out of the way what a killed run has left; false where a run of somebody goes on. */
async function isReady(work: Work, backend: Backend): Promise<boolean> {
  const free = await isFree(work, backend);
  if (free) await forgetGone(work, backend);
  return free;
}

async function isFree(work: Work, backend: Backend): Promise<boolean> {
  for (const file of await removeTorn(backend.folder))
    say(
      "state",
      `a killed run was cut off while it wrote about ${file}; what it left of that is removed, the state is whole`,
    );
  if (!anyLock(backend.folder)) return true;
  const place = placeOf(work.target, backend);
  if (place === undefined) return true; // there is no such stack: Pulumi says so
  const refusal = await recover(place, backend.url, projectFolder(work.target));
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

/** A look into the state files that spares asking Pulumi after every run. */
function mayHavePending(folder: string, stack: string | undefined): boolean {
  return stateTexts(folder, stack).some((text) => text.includes('"pending_operations"'));
}

/** The states of all stacks of that name; without one, of all stacks. */
function stateTexts(folder: string, stack: string | undefined): string[] {
  const states = join(folder, ".pulumi/stacks");
  if (!existsSync(states)) return [];
  const name = stack?.split("/").at(-1);
  return readdirSync(states, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .filter((file) => name === undefined || new RegExp(`(^|[\\\\/])${escaped(name)}\\.json`).test(file))
    .map((file) => {
      const bytes = readFileSync(join(states, file));
      return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    });
}

/** What is gone from the swarm cannot be deleted: no run would succeed any more. */
async function forgetGone({ target }: Work, backend: Backend): Promise<void> {
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
  const names = gone.map(({ urn }) => urn.split("::").slice(-2).join(" ")).join(", ");
  say("state", `forgot ${names}: gone from the swarm, which nobody had noted`);
}

function exported(target: Target): ExportedStack | undefined {
  const text = ask(target, ["stack", "export"]);
  return text === undefined ? undefined : (JSON.parse(text) as ExportedStack);
}

/** Pulumi never forgets a creation that was interrupted, and warns of it in every later run. */
async function forgetPending(work: Work, backend: Backend): Promise<void> {
  const place = placeOf(work.target, backend);
  const state = exported(work.target);
  if (place === undefined || state === undefined) return;
  const { settled, abandoned, unknown } = judgePending(state);
  const owners = abandoned.map(({ owner }) => owner);
  if (owners.length > 0) {
    const { removeLeftovers } = await import("./leftovers");
    const removed = await removeLeftovers(owners, recordedIds(state));
    if (removed.length > 0) say("leftovers", `removed ${removed.join(", ")}, begun by a run that was killed`);
  }
  const forgotten = [...settled, ...abandoned.map(({ operation }) => operation)];
  // Somebody who began meanwhile will come by here as well.
  if (forgotten.length > 0 && lockFiles(place).length === 0) {
    const done = ask(work.target, ["stack", "import"], JSON.stringify(without(state, forgotten)));
    if (done !== undefined)
      say(
        "state",
        `forgot ${count(forgotten.length, "creation")} that a killed run had begun: recorded by now, or gone`,
      );
  }
  if (unknown.length > 0) {
    const names = unknown.map(({ resource }) => resource.urn.split("::").slice(-2).join(" ")).join(", ");
    say(
      "state",
      `Pulumi will go on warning of ${count(unknown.length, "operation")} that a killed run had begun (${names}); see what became of them, then: pulumi refresh --clear-pending-creates`,
    );
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
