/** Maps provider inputs, fields of a service specification and Compose keys to the names of arguments. */

import { containerArguments } from ".";
import { type Argument, fieldsOf } from "./argument";

/** A path, and the path of the corresponding argument. */
type Pair = readonly [path: string, argument: string];

const entries = Object.entries<Argument>(containerArguments);

const below = (name: string, member: string): string => (member === "" ? name : `${name}.${member}`);

function pairs(of: (argument: Argument) => readonly (readonly [path: string, member: string])[]): Pair[] {
  const found = entries.flatMap(([name, argument]) =>
    of(argument).map(([path, member]): Pair => [path, below(name, member)]),
  );
  // An input that depends on two arguments gets the name of one of them.
  const paths = [...new Set(found.map(([path]) => path))];
  return paths.map((path) => [
    path,
    found.flatMap(([each, argument]) => (each === path ? [argument] : [])).join(" or "),
  ]);
}

/** Names for the provider's inputs. */
export const fieldNames: readonly Pair[] = pairs((argument) =>
  fieldsOf(argument).map(([path, { member = "" }]) => [path, member]),
);

/** Names for the Engine's service specification. */
export const specNames: readonly Pair[] = pairs(({ swarm }) =>
  swarm.as === "refused" ? [] : Object.entries(swarm.spec),
);

/** Names for the keys of a Compose service. */
export const composeNames: Readonly<Record<string, string>> = Object.fromEntries(
  [...pairs(({ compose }) => Object.entries(compose))].sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** Inputs that duplicate another input, each with that input. */
export const fieldEchoes: Readonly<Record<string, string>> = Object.fromEntries(
  entries.flatMap(([, argument]) =>
    fieldsOf(argument).flatMap(([path, { echoes }]) => (echoes === undefined ? [] : [[path, echoes]])),
  ),
);

/** The name of a path in a program: the name of its longest known prefix, followed by the rest. */
export function named(names: readonly Pair[], path: string): string {
  const [first] = names
    .filter(([each]) => path.startsWith(each) && /^([.[]|$)/.test(path.slice(each.length)))
    .sort(([a], [b]) => b.length - a.length);
  return first === undefined ? path : `${first[1]}${path.slice(first[0].length)}`;
}
