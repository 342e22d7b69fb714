/** What a Docker host looks like to a program that wants to put something there. */

import type { Owner } from "../internal/names";
import { isOfCompose } from "./labels";
import type { Binding } from "./port";

/** An object on the host, with the labels that tell whose it is. */
export interface HostObject {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface HostView {
  readonly containers: readonly (HostObject & {
    readonly id: string;
    readonly bindings: readonly Binding[];
    /** By their names. */
    readonly networks: readonly string[];
  })[];
  readonly networks: readonly (HostObject & { readonly subnets: readonly string[] })[];
  readonly volumes: readonly HostObject[];
  readonly engine: {
    /** As Docker writes it: `"1.41"`. */
    readonly apiVersion: string;
    readonly cpus: number;
    readonly logDrivers: readonly string[];
    readonly volumeDrivers: readonly string[];
  };
  /** Undefined where it is in none. */
  readonly swarm: { readonly isManager: boolean; readonly nodes: number } | undefined;
  /** What only a program on the same machine can see; undefined on another one. */
  readonly here: Here | undefined;
}

export interface Here {
  /** False where a process outside of Docker listens. */
  readonly isFree: (binding: Binding) => Promise<boolean>;
  /** The addresses of this machine. */
  readonly addresses: readonly string[];
  readonly exists: (path: string) => boolean;
  /** Ranges that the machine has routes to, with the interface that leads there; those of Docker left out. */
  readonly routes: readonly { readonly subnet: string; readonly device: string }[];
  /** Where Docker keeps its data, and how much room is left there. */
  readonly disk: { readonly path: string; readonly freeMiB: number } | undefined;
}

/** True for what this stack made. */
export function isOfStack(labels: HostObject["labels"], { project, stack }: Owner): boolean {
  return labels["io.dockwright.project"] === project && labels["io.dockwright.stack"] === stack;
}

/** True for what this stack made, or takes over: it is no obstacle to itself. */
export function isOwn({ labels }: HostObject, owner: Owner): boolean {
  return isOfStack(labels, owner) || (owner.adopts === true && isOfCompose(labels, owner.scope));
}

/** Who made an object, as far as its labels tell. */
export function ownerOf(labels: Readonly<Record<string, string>>): string {
  const project = labels["io.dockwright.project"];
  if (project !== undefined) return `stack ${project}/${labels["io.dockwright.stack"] ?? ""}`;
  const compose = labels["com.docker.compose.project"];
  return compose === undefined ? "somebody else" : composeProject(compose);
}

const composeProject = (name: string): string => `Compose project ${name}`;

/** What to do about an object that `docker compose up` made of the Compose project that this owner is. */
export function adoptRemedy({ scope, adopts }: Owner, owner: string): string | undefined {
  if (adopts === undefined || owner !== composeProject(scope)) return undefined;
  return `adopt: true on the ComposeProject, to take over what docker compose up runs; or docker compose -p ${scope} down, which keeps the volumes`;
}
