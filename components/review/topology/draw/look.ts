/** The colour and symbol of each kind of change. The symbol does not depend on the colour, for colour-blind readers. */

import type { Change, Topology } from "../model";

export interface Look {
  readonly mark: string;
  readonly fill: string;
  readonly line: string;
  /** The colour of text and symbols, on white and on the fill. */
  readonly ink: string;
  readonly dashed: boolean;
}

export const looks: Readonly<Record<Change, Look>> = {
  added: { mark: "+", fill: "#dafbe1", line: "#1a7f37", ink: "#116329", dashed: false },
  removed: { mark: "−", fill: "#ffebe9", line: "#cf222e", ink: "#a40e26", dashed: true },
  replaced: { mark: "±", fill: "#fff8c5", line: "#9a6700", ink: "#7d4e00", dashed: false },
  updated: { mark: "~", fill: "#ddf4ff", line: "#0969da", ink: "#0550ae", dashed: false },
  same: { mark: "", fill: "#ffffff", line: "#8c959f", ink: "#1f2328", dashed: false },
};

export const INK = "#1f2328";
export const MUTED = "#59636e";

/** In the order of a legend. */
export const allChanges: readonly Change[] = ["added", "removed", "replaced", "updated", "same"];

export const words: Readonly<Record<Change, string>> = {
  added: "added",
  removed: "removed",
  replaced: "replaced",
  updated: "updated in place",
  same: "unchanged",
};

/** The change of a container, a network or a volume, on one line. */
export function summary({ hosts }: Topology): string {
  const all = hosts.flatMap(({ networks, volumes }) => [
    ...networks.filter(({ id }) => id.startsWith("urn:")).map(({ change }) => change),
    ...networks.flatMap(({ containers }) =>
      containers.flatMap(({ change, count }) => Array<Change>(count).fill(change)),
    ),
    ...volumes.filter(({ id }) => id.startsWith("urn:")).map(({ change }) => change),
  ]);
  const counted = allChanges
    .map((change) => [all.filter((each) => each === change).length, words[change]] as const)
    .filter(([count]) => count > 0);
  return counted.map(([count, word]) => `${String(count)} ${word}`).join(", ");
}

/** The address of a port; an address for all machines is written in words. */
export function shownHost(host: string): string {
  return host.replace(/:any$/, ": any free port");
}

/** The first line of a container. */
export function headline({ name, kind, count }: { name: string; kind: string; count: number }): string {
  return `${name}${count > 1 ? ` ×${String(count)}` : ""}${kind === "container" || name === kind ? "" : ` (${kind})`}`;
}
