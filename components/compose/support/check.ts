/** Finds the unsupported keys in a project. */

import type { ComposeFault } from "../source/faults";
import { isNull, locate, type Node, type Path } from "../source/node";
import { Patterns, visit } from "../source/patterns";
import type { Limit } from "../keys/aspects/limit";
import { asText } from "../model/values";

export interface Unsupported extends ComposeFault {
  readonly severity: Limit["severity"];
}

/** Every place of a tree with such a key. */
export function findUnsupported(root: Node, limits: readonly Limit[]): Unsupported[] {
  const found: Unsupported[] = [];
  const look = (key: string) => {
    const ofKey = limits.filter((limit) => limit.key === key && limit.when === undefined);
    return (node: Node, path: Path): void => {
      for (const { severity, why, instead } of ofKey.filter((limit) => isMeant(limit, node)))
        found.push({ severity, place: locate(root, path).place, path, text: `${why}; ${instead}` });
    };
  };
  visit(root, new Patterns(Object.fromEntries(limits.map(({ key }) => [key, look(key)]))));
  return found;
}

function isMeant({ values, except }: Limit, node: Node): boolean {
  if (node.kind === "list") return node.items.length > 0;
  if (node.kind === "map") return node.entries.size > 0;
  const text = asText(node.value);
  if (except?.includes(text) === true) return false;
  if (values === undefined) return !isNull(node) && text !== "false" && text !== "";
  return values.some((value) => (value.endsWith("*") ? text.startsWith(value.slice(0, -1)) : text === value));
}
