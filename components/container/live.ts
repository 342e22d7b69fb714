/** The live containers of one component. */

import type { Binding } from "./ports/port";

/** A container as the Engine lists it. */
export interface LiveContainer {
  readonly id: string;
  readonly name: string;
  /** The name of its component. */
  readonly of: string;
  readonly state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** In the text form of the Engine: `Up 2 minutes (healthy)`. */
  readonly status: string;
  readonly networkIds: readonly string[];
  /** See `generationLabel`. */
  readonly generation: string | undefined;
  /** In seconds since 1970. */
  readonly created: number;
}

/** A container with its owner, and the names, ports and addresses that it uses exclusively. */
export interface HostContainer extends LiveContainer {
  readonly labels: Readonly<Record<string, string>>;
  /** Published ports; none if it is not running. */
  readonly bindings: readonly Binding[];
  /** By name. */
  readonly networks: readonly string[];
  /** Its fixed addresses, by id of network. */
  readonly addresses: readonly { readonly network: string; readonly address: string }[];
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[];
}

/**
 * Identifies one creation of a container. While the live container has no drift, the program uses the value from the host, so
 * that nothing changes; otherwise it sets a new value, and the engine replaces the container.
 */
export const generationLabel = "io.dockwright.generation";

/** A label with the names of a container once it is ready, because Docker gets them later. */
export const aliasesLabel = "io.dockwright.aliases";

/** A label of containers whose exit with code 0 is a success. */
export const completesLabel = "io.dockwright.completes";

/** True for a container that has ended as it may. */
export function hasCompleted({
  state,
  status,
  labels = {},
}: Pick<LiveContainer, "state" | "status"> & Partial<Pick<HostContainer, "labels">>): boolean {
  return state === "exited" && status.startsWith("Exited (0)") && labels[completesLabel] !== undefined;
}

const FAILED = "-failed-";
const UNDONE = "-undone-";

/** The name of a container that failed to start; it is kept, stopped, for `docker logs`. */
export function failedName(hostName: string, id: string): string {
  return `${hostName}${FAILED}${id.slice(0, 6)}`;
}

/** The name of a container that was rolled back because something else failed. */
export function undoneName(hostName: string, id: string): string {
  return `${hostName}${UNDONE}${id.slice(0, 6)}`;
}

/** True for a rolled back container. */
export function isUndone({ name }: Pick<LiveContainer, "name">, hostName: string): boolean {
  return name.startsWith(`${hostName}${UNDONE}`);
}

/** True for a stopped container that a failed `up` kept. */
export function isKeptFailure({ name }: Pick<LiveContainer, "name">, hostName: string): boolean {
  return name.startsWith(`${hostName}${FAILED}`) || isUndone({ name }, hostName);
}
