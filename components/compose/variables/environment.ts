/** The variables of a project, and their values for entries that only have a name. */

import { filledBy, type KnownVariables, lookupIn } from "./filled";
import { get, isNull, type MapNode, mapValues, type Node, scalar, textOf, withKey } from "../source/node";
import { Patterns, type Rewrite, rewrite } from "../source/patterns";

export type Environment = Readonly<Record<string, string>>;

/** `- NAME` takes its value from the current variables; an included file has its own. */
export function withListedVariables(root: Node, variables: KnownVariables): Node {
  return (
    rewrite(
      root,
      new Patterns<Rewrite>({
        "services.*.environment": (node) => (node.kind === "list" ? filled(node, variables, true) : node),
      }),
    ) ?? root
  );
}

/** The same for every form, with the variables of the whole project. */
export function withVariables(root: MapNode, variables: KnownVariables): MapNode {
  const services = get(root, "services");
  if (services?.kind !== "map") return root;
  const known = mapValues(services, (service) => {
    if (service.kind !== "map") return service;
    const own = get(service, "environment");
    const filledIn =
      own === undefined ? service : withKey(service, "environment", filled(own, variables, true));
    const build = get(filledIn, "build");
    const args = get(build, "args");
    if (build?.kind !== "map" || args === undefined) return filledIn;
    return withKey(filledIn, "build", withKey(build, "args", filled(args, variables, false)));
  });
  return withKey(root, "services", known);
}

/** A name without a value and without a variable is kept, or dropped where a value is required. */
function filled(node: Node, { values, fromFiles }: KnownVariables, keep: boolean): Node {
  const lookup = lookupIn(values);
  if (node.kind === "map")
    return mapValues(node, (value, key) => {
      if (!isNull(value)) return value;
      const found = lookup(key);
      if (found === undefined) return keep ? value : undefined;
      const place = { ...value.place, filled: filledBy(key, found, fromFiles) };
      return { ...scalar(found, place), written: `\${${key}}` };
    });
  if (node.kind !== "list") return node;
  const items = node.items.flatMap((item) => {
    const text = textOf(item);
    if (text === undefined || text.includes("=")) return [item];
    const found = lookup(text);
    if (found === undefined) return keep ? [item] : [];
    const place = { ...item.place, filled: filledBy(text, found, fromFiles, `${text}=`) };
    return [{ ...scalar(`${text}=${found}`, place), written: text }];
  });
  return { ...node, items };
}
