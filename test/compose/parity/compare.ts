/** Two projects on one host, made of the same file: what is not the same, and whether it is known. Pure. */

import { ABSENT, type Known } from "./differences";
import type { Essentials, Kind } from "./essentials";

/** By kind and name: `container worker 2`. */
export type Observed = ReadonlyMap<string, { readonly kind: Kind; readonly essentials: Essentials }>;

export interface Difference {
  readonly object: string;
  readonly kind: Kind;
  readonly path: string;
  readonly compose: string;
  readonly dockwright: string;
}

export function compare(compose: Observed, dockwright: Observed): Difference[] {
  const names = [...new Set([...compose.keys(), ...dockwright.keys()])].sort();
  return names.flatMap((object): Difference[] => {
    const [theirs, ours] = [compose.get(object), dockwright.get(object)];
    const kind = (theirs ?? ours)?.kind ?? "container";
    if (theirs === undefined || ours === undefined) {
      const is = (side: unknown): string => (side === undefined ? ABSENT : "there");
      return [{ object, kind, path: "", compose: is(theirs), dockwright: is(ours) }];
    }
    const paths = [...new Set([...Object.keys(theirs.essentials), ...Object.keys(ours.essentials)])].sort();
    return paths.flatMap((path) => {
      const one = theirs.essentials[path] ?? ABSENT;
      const other = ours.essentials[path] ?? ABSENT;
      return one === other ? [] : [{ object, kind, path, compose: one, dockwright: other }];
    });
  });
}

/** Whether an entry is about a difference; a star stands for anything. */
export function explains(known: Known, { kind, path, compose, dockwright }: Difference): boolean {
  return (
    known.of === kind &&
    matches(known.path, path) &&
    matches(known.compose, compose) &&
    matches(known.dockwright, dockwright)
  );
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

export const told = ({ object, path, compose, dockwright }: Difference): string =>
  `${object}: ${path}: ${compose} in Compose, ${dockwright} here`;
