/** Sees that nothing stands in the way on the host, before anything is done there. */

import type * as pulumi from "@pulumi/pulumi";

import { type Conflict, conflictsText } from "../values/conflict";
import { hostConflicts } from "../values/host-conflicts";
import type { HostView } from "../values/host-view";
import type { Deployment } from "./deployment";
import { failUpdate } from "./fail";

export type Check = (view: HostView) => readonly Conflict[] | Promise<readonly Conflict[]>;

/** All that the components of one run want to know of their host. */
export class Conflicts {
  private readonly checks: Check[] = [];

  /** Adds what a component wants to know; with the first the host is looked at, and all are told in one error. */
  add(run: Deployment, component: pulumi.Resource, check: Check): void {
    this.checks.push(check);
    if (this.checks.length === 1) run.tasks.push(this.judge(run, component));
  }

  private async judge(run: Deployment, component: pulumi.Resource): Promise<void> {
    const view = await run.view;
    // Where the host does not answer that has been told.
    if (view === undefined) return;
    const conflicts: Conflict[] = [...hostConflicts(view)];
    // Components join while the first are looked at.
    for (let next = 0; next < this.checks.length; next++)
      conflicts.push(...((await this.checks[next]?.(view)) ?? []));
    const [first] = conflicts;
    if (first === undefined) return;
    await run.fail(first.what);
    await failUpdate(component, "conflicts", conflictsText(conflicts), "nothing is in the way");
  }
}
