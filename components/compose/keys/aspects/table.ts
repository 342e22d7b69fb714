/** The tree of keys as tables by their place in the file. */

import { Patterns } from "../../source/patterns";
import type { Aspects, Key } from "./key";
import { project } from "../project";

/** Every key with its place; `*` is any name, or any item of a list. */
export const keys: readonly (readonly [place: string, key: Key])[] = below(project, "");

function below({ below: keysBelow = {} }: Key, above: string): (readonly [string, Key])[] {
  return Object.entries(keysBelow).flatMap(([name, key]) => [
    [`${above}${name}`, key] as const,
    ...below(key, `${above}${name}.`),
  ]);
}

/** One aspect of all keys that have it. */
export function tableOf<A extends keyof Aspects>(aspect: A): Patterns<NonNullable<Aspects[A]>> {
  return new Patterns(
    Object.fromEntries(
      keys.flatMap(([place, key]) => {
        const value: Aspects[A] = key[aspect];
        return value === undefined ? [] : [[place, value]];
      }),
    ),
  );
}
