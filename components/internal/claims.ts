/** What the components of one program have claimed on the host so far, to find clashes before Docker does. */

import * as pulumi from "@pulumi/pulumi";

/** Claims live as long as one run of a program: several runs can share a process (Automation API, unit tests). */
const claimsOfRun = new WeakMap<object, Map<string, unknown[]>>();
const outsideOfARun = {};

/** All claims of a kind made so far in this run; push to it to add one. */
export function claims<T>(kind: string): T[] {
  const run = pulumi.runtime.getMonitor() ?? outsideOfARun;
  const kinds = claimsOfRun.get(run) ?? new Map<string, unknown[]>();
  claimsOfRun.set(run, kinds);
  const list = kinds.get(kind) ?? [];
  kinds.set(kind, list);
  return list as T[];
}
