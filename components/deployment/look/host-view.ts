/** The state of a Docker host at the start of a run. */

import type { Owner } from "../../core/names";
import { identityLabel } from "./labels";
import type { HostContainer } from "../../container/live";
import type { Binding } from "../../container/ports/port";

/** An object on the host, with the labels that identify its owner. */
export interface HostObject {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface HostView {
  /** The identity of the stack: objects with this label are its own. */
  readonly identity: string;
  readonly containers: readonly HostContainer[];
  readonly networks: readonly HostNetwork[];
  readonly volumes: readonly HostVolume[];
  readonly engine: {
    /** As Docker writes it: `"1.41"`. */
    readonly apiVersion: string;
    readonly cpus: number;
    readonly logDrivers: readonly string[];
    readonly volumeDrivers: readonly string[];
  };
  /** Undefined if it is not part of a swarm. */
  readonly swarm: { readonly isManager: boolean; readonly nodes: number } | undefined;
  /** Whether the host has a path; undefined if unknown. */
  readonly hasPath: (path: string) => Promise<boolean | undefined>;
  /** Facts that only a program on the same machine can read; undefined on another machine. */
  readonly here: Here | undefined;
}

export interface HostNetwork extends HostObject {
  readonly id: string;
  readonly subnets: readonly string[];
  /** As an inspection shows them: before Engine 29, those that were declared. @defaultValue none */
  readonly gateways?: readonly string[];
}

export interface HostVolume extends HostObject {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
  /** In the format of the Engine; empty if unknown. */
  readonly createdAt: string;
}

export interface Here {
  /** False if a process outside Docker listens. */
  readonly isFree: (binding: Binding) => Promise<boolean>;
  /** The addresses of this machine. */
  readonly addresses: readonly string[];
  /** The routes of the machine, as address range and interface, without those of Docker. */
  readonly routes: readonly { readonly subnet: string; readonly device: string }[];
  /** The data folder of Docker, and its free space. */
  readonly disk: { readonly path: string; readonly freeMiB: number } | undefined;
}

/** True for an object that the stack with that identity created. */
export function isOwn({ labels }: Pick<HostObject, "labels">, identity: string): boolean {
  return labels[identityLabel] === identity;
}

/**
 * True for objects with the names of this stack from any source: this deployment, another backend or
 * clone, or a lost state.
 */
export function isOfStack(labels: HostObject["labels"], { project, stack }: Owner): boolean {
  return labels["io.dockwright.project"] === project && labels["io.dockwright.stack"] === stack;
}

/** Who created an object, from its labels. @param owner this stack: one with the same names and another identity is another backend */
export function ownerOf(labels: Readonly<Record<string, string>>, owner?: Owner): string {
  const project = labels["io.dockwright.project"];
  if (project !== undefined) {
    const stack = `stack ${project}/${labels["io.dockwright.stack"] ?? ""}`;
    return owner !== undefined && isOfStack(labels, owner)
      ? `${stack} of another backend (or of a lost state)`
      : stack;
  }
  const compose = labels["com.docker.compose.project"];
  return compose === undefined ? "an unknown owner" : composeProject(compose);
}

const composeProject = (name: string): string => `Compose project ${name}`;

/** The remedy for a conflict with an unmanaged object. */
export function adoptRemedy(
  owner: Owner,
  labels: HostObject["labels"],
  /** The remedy for a conflict with an object of another owner. */
  other: string,
): string {
  if (owner.adopts !== undefined && ownerOf(labels) === composeProject(owner.scope))
    return `adopt: true on the ComposeProject, to take over the containers of docker compose up; or docker compose -p ${owner.scope} down, which keeps the volumes`;
  if (isOfStack(labels, owner))
    return `another stack name (pulumi stack init NAME) to run next to it; or dockwright up --adopt (or adopt: true) to take it over from that backend`;
  return `${other}; or take it over with adopt: true`;
}
