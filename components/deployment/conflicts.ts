/** Sees that nothing stands in the way on the host, before anything is done there. */

import * as pulumi from "@pulumi/pulumi";

import { type Conflict, conflictsText } from "./plan/conflict";
import { hostConflicts } from "../host/conflicts";
import type { HostView } from "./look/host-view";
import { failUpdate } from "./fail";

export type Check = (view: HostView) => readonly Conflict[] | Promise<readonly Conflict[]>;

/** Of a run what its checks need. */
interface Judged {
  readonly view: Promise<HostView | undefined>;
  readonly tasks: Promise<unknown>[];
  readonly fail: (why: string) => Promise<unknown>;
}

/** All that the components of one run want to know of their host. */
export class Conflicts {
  private readonly checks: Check[] = [];
  /** How many of the checks have been made. */
  private made = 0;
  private isJudging = false;
  private outcome: Promise<boolean> = Promise.resolve(true);

  /** True once nothing is in the way of what was declared by now. What is not to be undone waits for it. */
  get judged(): Promise<boolean> {
    return this.outcome;
  }

  /** Adds what a component wants to know; with the first the host is looked at, and all are told in one error. */
  add(run: Judged, component: pulumi.Resource, check: Check): void {
    this.checks.push(check);
    // Components join while the first are looked at.
    if (this.isJudging) return;
    this.isJudging = true;
    this.outcome = Promise.all([this.outcome, this.judge(run, component)]).then((all) => all.every(Boolean));
    run.tasks.push(this.outcome);
  }

  private async judge(run: Judged, component: pulumi.Resource): Promise<boolean> {
    const view = await run.view;
    // Where the host does not answer that has been told.
    if (view === undefined) return false;
    // A program whose resources are all registered would end, whatever else it waits for.
    const done = pulumi.runtime.rpcKeepAlive();
    let failing: Promise<void> | undefined;
    try {
      const conflicts: Conflict[] = this.made === 0 ? [...hostConflicts(view)] : [];
      while (this.made < this.checks.length)
        conflicts.push(...((await this.checks[this.made++]?.(view)) ?? []));
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
