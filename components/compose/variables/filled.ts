/** Text with resolved variables, and whether a variable file set any of them: such a value is a secret. */

import type { Lookup, Part } from "./template";

/** Stored with the place of a value, so that it is kept when the value is transformed. */
export interface Filled {
  readonly parts: readonly Part[];
  /** The names of variables whose values come from a variable file: `.env`, `--env-file`, `env_file`. */
  readonly fromFiles: ReadonlySet<string>;
}

/** The variables of a project or of an included project, with the names of those from variable files. */
export interface KnownVariables {
  readonly values: Readonly<Record<string, string>>;
  readonly fromFiles: ReadonlySet<string>;
}

/** Adds the variables of a file; existing ones have precedence. */
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

/** A variable that provides the value of an entry with only a name. */
export function filledBy(name: string, value: string, fromFiles: ReadonlySet<string>, before = ""): Filled {
  const variable: Part = { name, operator: "", operand: [], value, gives: "value" };
  return { parts: before === "" ? [variable] : [before, variable], fromFiles };
}

/** True if a part of the text is the value of a variable from a variable file. */
export function isFromFile({ parts, fromFiles }: Filled): boolean {
  return parts.some((part) => {
    if (typeof part === "string") return false;
    return part.gives === "value" ? fromFiles.has(part.name) : isFromFile({ parts: part.operand, fromFiles });
  });
}

/** Removes a prefix, such as the key of an item `KEY=value`; undefined if the text has another prefix. */
export function filledAfter({ parts, fromFiles }: Filled, start: string): Filled | undefined {
  const [first, ...rest] = parts;
  if (typeof first !== "string" || !first.startsWith(start)) return undefined;
  const left = first.slice(start.length);
  return { parts: left === "" ? rest : [left, ...rest], fromFiles };
}
