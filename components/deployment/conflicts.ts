/** Checks the host for conflicts before anything is changed. */

import * as pulumi from "@pulumi/pulumi";

import { type Conflict, conflictsText } from "./plan/conflict";
import { hostConflicts } from "../host/conflicts";
import type { HostView } from "./look/host-view";
import { reasonOf } from "../engine/lost";
import { failUpdate } from "./fail";
import { isEndOfEngine } from "../core/end-of-engine";
import { tell } from "../core/tell";

export type Check = (view: HostView) => readonly Conflict[] | Promise<readonly Conflict[]>;

/** The part of a run that the checks need. */
interface Judged {
  readonly view: Promise<HostView | undefined>;
  readonly tasks: Promise<unknown>[];
  readonly fail: (why: string) => Promise<unknown>;
}

/** The conflict checks of all components of a run. */
export class Conflicts {
  private readonly checks: Check[] = [];
  /** The number of completed checks. */
  private made = 0;
  private isJudging = false;
  private outcome: Promise<boolean> = Promise.resolve(true);
  private awaited: Promise<boolean> | undefined;

  /**
   * True when there are no conflicts for everything declared so far. Irreversible steps wait for it, but not forever: a check can
   * need a resource that depends on the one whose step waits.
   */
  get judged(): Promise<boolean> {
    return (this.awaited ??= firstOf(this.outcome, PATIENCE_MS, () => void tell("warn", LATE)));
  }

  /** Adds the check of a component; all conflicts are reported in one error. */
  add(run: Judged, component: pulumi.Resource, check: Check): void {
    this.checks.push(check);
    // More components register during the first check.
    if (this.isJudging) return;
    this.isJudging = true;
    this.awaited = undefined;
    this.outcome = Promise.all([this.outcome, this.judge(run, component)]).then((all) => all.every(Boolean));
    run.tasks.push(this.outcome);
  }

  private async judge(run: Judged, component: pulumi.Resource): Promise<boolean> {
    const view = await run.view;
    // An unreachable host has already been reported.
    if (view === undefined) return false;
    // Without this, a program ends when all its resources are registered.
    const done = pulumi.runtime.rpcKeepAlive();
    let failing: Promise<void> | undefined;
    try {
      const conflicts: Conflict[] = this.made === 0 ? [...hostConflicts(view)] : [];
      while (this.made < this.checks.length)
        conflicts.push(...(await answerOf(this.checks[this.made++], view)));
      const [first] = conflicts;
      if (first !== undefined) {
        await run.fail(first.what);
        failing = failUpdate(component, "conflicts", conflictsText(conflicts), "conflict check");
      }
    } finally {
      this.isJudging = false;
      done();
    }
    await failing;
    return failing === undefined;
  }
}

/** A check that fails is a conflict of its own: what it did not see could be one. */
async function answerOf(check: Check | undefined, view: HostView): Promise<readonly Conflict[]> {
  try {
    return (await check?.(view)) ?? [];
  } catch (error) {
    if (isEndOfEngine(error)) throw error;
    const next = "check that docker info succeeds on the host";
    return [{ what: "conflict check", why: `it could not be completed: ${reasonOf(error)}`, next }];
  }
}

/** Longer than the slowest request of a check to the host or a registry. */
const PATIENCE_MS = 30_000;

const LATE =
  `conflict check: not complete after ${PATIENCE_MS / 1000} s, because a host or registry answers slowly, or a component ` +
  "depends on another that is still being created; the update continues, and fails before it removes anything if the " +
  "check finds a conflict";

/** The result; true, with a report, if it is not known in time. */
async function firstOf(
  outcome: Promise<boolean>,
  milliseconds: number,
  report: () => void,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      report();
      resolve(true);
    }, milliseconds);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
