/** Labels: who owns an object, and how Docker Compose finds it. */

import type * as pulumi from "@pulumi/pulumi";
import { localName, type Owner } from "../../core/names";
import type { Labels } from "./given-labels";

/** The identity of the stack that created an object: it decides the ownership, the other labels do not. */
export const identityLabel = "io.dockwright.identity";

/** Project, stack and logical name, for people and for filters; `identityLabel` decides the ownership. */
export function ownershipLabels(owner: Owner, kind: string, name: string): Record<string, string> {
  return {
    "io.dockwright.kind": kind,
    "io.dockwright.name": name,
    "io.dockwright.project": owner.project,
    "io.dockwright.stack": owner.stack,
  };
}

/** The filter for all objects with the names of a stack, also of another backend. @param more such as `{ kind: "secret" }` */
export function stackFilter(
  { project, stack }: Pick<Owner, "project" | "stack">,
  more: Readonly<Record<string, string>> = {},
): string[] {
  return Object.entries({ project, stack, ...more }).map(([key, value]) => `io.dockwright.${key}=${value}`);
}

/** The labels by which Docker Compose identifies one container of a service. */
export type ComposeIdentity = Readonly<
  Record<`com.docker.compose.${"project" | "service" | "container-number"}`, string>
>;

/** What `docker compose -p <project>-<stack> ps | logs | exec | stop | start` look for on a container. */
export function composeServiceLabels(
  owner: Owner,
  service: string,
  containerNumber: number,
): Record<string, string> {
  return {
    ...composeIdentity(owner, service, containerNumber),
    "com.docker.compose.config-hash": "dockwright",
    "com.docker.compose.oneoff": "False",
  };
}

export function composeIdentity(owner: Owner, service: string, containerNumber: number): ComposeIdentity {
  return {
    "com.docker.compose.container-number": String(containerNumber),
    "com.docker.compose.project": owner.scope,
    "com.docker.compose.service": service,
  };
}

/** True for objects that `docker compose` created and that were not taken over. */
export function isOfCompose(labels: Readonly<Record<string, string>>, composeProject: string): boolean {
  return (
    labels["com.docker.compose.project"] === composeProject && labels["io.dockwright.project"] === undefined
  );
}

/** All labels of a network or a volume: the user's, the owner's, and what Docker Compose looks for. */
export function objectLabels(
  owner: Owner,
  kind: "network" | "volume",
  name: string,
  given: Labels = {},
): Labels {
  return {
    ...given,
    ...ownershipLabels(owner, kind, name),
    "com.docker.compose.project": owner.scope,
    [`com.docker.compose.${kind}`]: localName(owner, name),
  };
}

/** The provider input, in a fixed order. */
export function labelInputs(all: Labels): { label: string; value: pulumi.Input<string> }[] {
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label, value }));
}
