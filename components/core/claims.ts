/** The claims of a program's components on the host, to find conflicts before Docker does. */

import * as pulumi from "@pulumi/pulumi";
import type { Fault } from "./text/message";

/** Claims belong to one run of a program: several runs can share a process (Automation API, unit tests). */
const claimsOfHost = new WeakMap<object, Map<string, unknown[]>>();
const outsideOfARun = {};

/**
 * All claims of a kind in this run so far; push to it to add one.
 *
 * @param component - whose provider identifies the Docker host: objects on different hosts cannot conflict
 * @param provider - the provider of the component's host
 */
export function claims<T>(
  kind: string,
  component?: pulumi.Resource,
  provider?: pulumi.ProviderResource,
): T[] {
  const host =
    provider ??
    component?.getProvider("docker:index:Provider") ??
    pulumi.runtime.getMonitor() ??
    outsideOfARun;
  const kinds = claimsOfHost.get(host) ?? new Map<string, unknown[]>();
  claimsOfHost.set(host, kinds);
  const list = kinds.get(kind) ?? [];
  kinds.set(kind, list);
  return list as T[];
}

/** An object of the program and its name on the host. */
export interface Named {
  readonly name: string;
  readonly hostName: string;
}

/** Two objects of one kind cannot share a name on a host. */
export function nameFaults(kind: string, mine: Named, others: readonly Named[]): Fault[] {
  const twin = others.find((other) => other.hostName === mine.hostName);
  if (twin === undefined) return [];
  return [
    {
      path: "name",
      text: `must be unique on the host, got "${mine.hostName}", which ${kind} "${twin.name}" already uses`,
    },
  ];
}
