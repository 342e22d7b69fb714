/** The live containers of one component. */

import type { Binding } from "./ports/port";

/** A container as the Engine lists it. */
export interface LiveContainer {
  readonly id: string;
  readonly name: string;
  /** The name of its component. */
  readonly of: string;
  readonly state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** As the Engine prints it for people: `Up 2 minutes (healthy)`. */
  readonly status: string;
  readonly networkIds: readonly string[];
  /** See `generationLabel`. */
  readonly generation: string | undefined;
  /** In seconds since 1970. */
  readonly created: number;
}

/** A container with all that the Engine lists of it: who made it, and what it holds that no other can have. */
export interface HostContainer extends LiveContainer {
  readonly labels: Readonly<Record<string, string>>;
  /** Published ports; none where it does not run. */
  readonly bindings: readonly Binding[];
  /** By their names. */
  readonly networks: readonly string[];
  /** Its fixed addresses, by id of network. */
  readonly addresses: readonly { readonly network: string; readonly address: string }[];
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[];
}

/**
 * Tells one creation of a container from the next. While what runs is sound the program gives the value that it finds
 * on the host, so that nothing changes; else it gives a new one, and the engine shows and does a replacement.
 */
export const generationLabel = "io.dockwright.generation";

/** The names that a container answers to once it is ready; on a label, because Docker learns them later. */
export const aliasesLabel = "io.dockwright.aliases";

const FAILED = "-failed-";
const UNDONE = "-undone-";

/** A container whose start failed is kept under such a name, stopped, for `docker logs`. */
export function failedName(hostName: string, id: string): string {
  return `${hostName}${FAILED}${id.slice(0, 6)}`;
}

/** The same of one that was sound, and was taken back because something else failed. */
export function undoneName(hostName: string, id: string): string {
  return `${hostName}${UNDONE}${id.slice(0, 6)}`;
}

/** True for one that was sound and is kept, stopped. */
export function isUndone({ name }: Pick<LiveContainer, "name">, hostName: string): boolean {
  return name.startsWith(`${hostName}${UNDONE}`);
}

/** True for a container that is kept, stopped, since an `up` that failed. */
export function isKeptFailure({ name }: Pick<LiveContainer, "name">, hostName: string): boolean {
  return name.startsWith(`${hostName}${FAILED}`) || isUndone({ name }, hostName);
}
