/** The common format of all errors. */

import { isLater } from "../later";
import { visible } from "./visible";

/** One invalid argument: its path and the fault. */
export interface Fault {
  /** The path as the user wrote it, for example `ports[0].container`; empty for the arguments as a whole. */
  readonly path: string;
  /** The rule, the found value and the remedy: lower case, no final period. */
  readonly text: string;
}

/** Writes a property path the way a TypeScript program would: `ports[0].container`, `labels["a.b"]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${String(key)}]`;
      const word = String(key);
      if (!/^[A-Za-z_$][\w$]*$/.test(word)) return `["${word}"]`;
      return index === 0 ? word : `.${word}`;
    })
    .join("");
}

/** Shows a value in a message, short and on one line; of an object only the kind, because it can contain a secret. */
export function showValue(value: unknown): string {
  if (typeof value === "string") {
    const shown = withoutPassword(value);
    return visible(JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown));
  }
  return typeof value === "number" || typeof value === "boolean" ? String(value) : showKind(value);
}

/**
 * Text without the password of a login in a URL: `https://user:[secret]@host`. The longest possible match is masked, because
 * passwords are often not encoded; a single token counts only for http.
 */
export function withoutPassword(text: string): string {
  return text
    .replace(/(:\/\/[^\s:@/]*):\S*@/g, "$1:[secret]@")
    .replace(/(\bhttps?:\/\/)[^\s:@/]+@/gi, "$1[secret]@")
    .replace(/^(\s*[^\s:@/]+):(?!\/\/)\S*@(?!sha\d+:|\S*\s)(?=\S*[./])/, "$1:[secret]@");
}

/** Shows the kind of a value, not its content, for values that can be secret. */
export function showKind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return value === "" ? "empty text" : "text";
  if (typeof value === "boolean") return "a boolean";
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  if (isLater(value))
    return `${value instanceof Promise ? "a Promise" : "an Output"}, but the value must be known at preview time`;
  const name = (value as { constructor?: { name?: string } }).constructor?.name ?? "";
  if (name === "" || name === "Object") return "an object";
  return /^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`;
}

/** Joins words as in a sentence: `"a", "b" or "c"`. */
export function orList(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

/** All faults of one component in one text, in the order of detection. */
export function faultText(kind: string, name: string, faults: readonly Fault[]): string {
  const count = faults.length === 1 ? "1 invalid argument" : `${String(faults.length)} invalid arguments`;
  const lines = faults.map(({ path, text }) => (path === "" ? `  ${text}` : `  ${path}: ${text}`));
  return visible([`${kind} "${name}" has ${count}`, ...lines].join("\n"));
}

/** Joins names as in a sentence: `a, b and 3 more`. */
export function nameList(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)];
  const shown = unique.length > most + 1 ? unique.slice(0, most) : unique;
  const rest = unique.length - shown.length;
  const all = rest > 0 ? [...shown, `${String(rest)} more`] : shown;
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}
