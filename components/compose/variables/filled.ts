/** Text with resolved variables, and whether a variable file set any of them: such a value is a secret. */

import type { Lookup, Part } from "./template";

/** Kept beside the place of a value, so that it outlives everything that is done to the value. */
export interface Filled {
  readonly parts: readonly Part[];
  /** The names of variables whose values come from a file of variables: `.env`, `--env-file`, `env_file`. */
  readonly fromFiles: ReadonlySet<string>;
}

/** The variables of a project or of one that is included; those of a file are known as such. */
export interface KnownVariables {
  readonly values: Readonly<Record<string, string>>;
  readonly fromFiles: ReadonlySet<string>;
}

/** Those of a file beneath those that are known already. */
export function withFileVariables(
  file: Readonly<Record<string, string>>,
  { values, fromFiles }: KnownVariables,
): KnownVariables {
  const added = Object.keys(file).filter((name) => !Object.hasOwn(values, name));
  return { values: { ...file, ...values }, fromFiles: new Set([...fromFiles, ...added]) };
}

export function lookupIn(values: Readonly<Record<string, string>>): Lookup {
  return (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
}

/** A variable by its name alone, where it stands for a value that was left out. */
export function filledBy(name: string, value: string, fromFiles: ReadonlySet<string>, before = ""): Filled {
  const variable: Part = { name, operator: "", operand: [], value, gives: "value" };
  return { parts: before === "" ? [variable] : [before, variable], fromFiles };
}

/** True where a part of the text is the value of a variable of a file. */
export function isFromFile({ parts, fromFiles }: Filled): boolean {
  return parts.some((part) => {
    if (typeof part === "string") return false;
    return part.gives === "value" ? fromFiles.has(part.name) : isFromFile({ parts: part.operand, fromFiles });
  });
}

/** Without text that it begins with, as the value of an item `KEY=value`; undefined where it begins otherwise. */
export function filledAfter({ parts, fromFiles }: Filled, start: string): Filled | undefined {
  const [first, ...rest] = parts;
  if (typeof first !== "string" || !first.startsWith(start)) return undefined;
  const left = first.slice(start.length);
  return { parts: left === "" ? rest : [left, ...rest], fromFiles };
}
