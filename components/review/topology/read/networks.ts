/** Reads networks: those of the program, and Docker's own. */

import { readNetwork } from "../../../provider/objects";
import { referencesTo } from "./inputs";
import { byText, type Placed } from "./placed";
import type { Change } from "../model";

export interface DeclaredNetwork {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly change: Change;
  /** The texts by which containers can refer to it. */
  readonly references: readonly string[];
  /** Whether it is Docker's own, or of another program. */
  readonly isMode: boolean;
}

export function networksOf(placed: readonly Placed[]): DeclaredNetwork[] {
  return [...placed]
    .sort((a, b) => byText(a.name, b.name))
    .map(({ step, name, change }) => {
      const { internal, subnets } = readNetwork((step.after ?? step.before)?.inputs ?? {});
      return {
        id: step.urn,
        name,
        note: [...subnets, ...(internal ? ["internal"] : [])].join(", "),
        change,
        references: [...referencesTo(step.before), ...referencesTo(step.after)],
        isMode: false,
      };
    });
}

const modes: Readonly<Record<string, string>> = {
  bridge: "default bridge",
  host: "the host's own network",
  none: "no network",
};

/** One of Docker's own networks. */
export function modeNetwork(mode: string): DeclaredNetwork {
  const known = mode === "" || mode === "default" ? "bridge" : mode;
  return other(`mode ${known}`, modes[known] ?? known, "");
}

/** A network without a step in the preview. */
export function foreignNetwork(reference: string): DeclaredNetwork {
  const shown = /^[0-9a-f]{64}$/.test(reference) ? reference.slice(0, 12) : reference;
  return other(`foreign ${reference}`, shown, "not of this stack");
}

/** A network that is not known yet. */
export const unknownNetwork: DeclaredNetwork = other("unknown", "known after the update", "");

function other(id: string, name: string, note: string): DeclaredNetwork {
  return { id, name, note, change: "same", references: [], isMode: true };
}
