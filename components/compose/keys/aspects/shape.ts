/** The shapes of values, with the wording of their faults. */

import { didYouMean } from "../../../core/text/nearest";
import type { Path, Plain } from "../../source/node";
import { asText } from "../../model/values";

/** Reports a fault at a path; `ofKey` if the key itself is invalid. */
export type Report = (path: Path, text: string, ofKey?: boolean) => void;

/** Checks a value before it is decoded. */
export type Shape = (value: Plain, path: Path, report: Report) => void;

type Kind = "text" | "number" | "whole" | "truth" | "null" | "list" | "map";

const IS: Readonly<Record<Kind, (value: Plain) => boolean>> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number" || typeof value === "bigint",
  whole: (value) => typeof value === "bigint" || Number.isInteger(value),
  truth: (value) => typeof value === "boolean",
  null: (value) => value === null,
  list: Array.isArray,
  map: isMapping,
};

const CALLED: Readonly<Record<Kind, string>> = {
  text: "text",
  number: "a number",
  whole: "a whole number",
  truth: "true or false",
  null: "nothing",
  list: "a list",
  map: "a mapping",
};

/** The maximum number of known keys in a message. */
const FEW = 12;

export function isMapping(value: Plain | undefined): value is { [key: string]: Plain } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mustBe(what: string, found: Plain, hidden = false): string {
  return `must be ${what}, got ${show(found, hidden)}`;
}

function show(found: Plain, hidden: boolean): string {
  if (found === null) return "null; give it a value, or remove it";
  if (Array.isArray(found)) return `a list of ${String(found.length)}`;
  if (typeof found === "object") return "a mapping";
  if (hidden) return typeof found === "string" ? "text" : `a ${typeof found}`;
  if (typeof found !== "string") return asText(found);
  return JSON.stringify(found.length > 60 ? `${found.slice(0, 57)}...` : found);
}

function orWords(kinds: readonly Kind[]): string {
  const words = kinds.filter((kind) => kind !== "null").map((kind) => CALLED[kind]);
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

/** A shape that reports the message if the test fails. */
const holds =
  (test: (value: Plain) => boolean, message: (value: Plain) => string): Shape =>
  (value, path, report) => {
    if (!test(value)) report(path, message(value));
  };

/** A value of one of several kinds. */
export function oneOf(...kinds: readonly Kind[]): Shape {
  const isText = kinds.length === 1 && kinds[0] === "text";
  return holds(
    (value) => kinds.some((kind) => IS[kind](value)),
    (value) =>
      mustBe(orWords(kinds), value) +
      (isText && ["number", "boolean"].includes(typeof value) ? "; write it in quotes" : ""),
  );
}

export const text = oneOf("text");
export const numeric = oneOf("number", "text");
export const whole = oneOf("whole", "text");
export const truth = oneOf("truth", "text");
export const nothing = oneOf("null");

/** Text of a given form; `what` completes "must be ...". */
export const textLike = (pattern: RegExp, what: string): Shape =>
  holds(
    (value) => typeof value === "string" && pattern.test(value),
    (value) => mustBe(what, value),
  );

export function wordOf(...words: readonly string[]): Shape {
  const what = `${words.length === 1 ? "" : "one of "}${words.map((word) => `"${word}"`).join(", ")}`;
  return holds(
    (value) => typeof value === "string" && words.includes(value),
    (value) => mustBe(what, value) + (typeof value === "string" ? didYouMean(value, words) : ""),
  );
}

/** A whole number within bounds, or text that can contain variables. */
export function wholeFrom(min: number, max = Infinity): Shape {
  const bounds = max === Infinity ? `of at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
  return holds(
    (value) =>
      typeof value === "string" || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max),
    (value) => mustBe(`a whole number ${bounds}`, value),
  );
}

export const listOf =
  (item: Shape): Shape =>
  (value, path, report) => {
    if (!Array.isArray(value)) report(path, mustBe("a list", value));
    else value.forEach((each, index) => item(each, [...path, index], report));
  };

/** A list without duplicates. */
export const setOf =
  (item: Shape): Shape =>
  (value, path, report) => {
    listOf(item)(value, path, report);
    if (!Array.isArray(value)) return;
    const seen = new Map<string, number>();
    value.forEach((each, index) => {
      const key = JSON.stringify(each, (_key, part: unknown) =>
        typeof part === "bigint" ? String(part) : part,
      );
      const former = seen.get(key);
      if (former === undefined) seen.set(key, index);
      else report([...path, index], `is a duplicate of [${String(former)}]`);
    });
  };

export const NAME = /^[a-zA-Z0-9._-]+$/;

/** A mapping from names to values of one kind. */
export const mapOf =
  (shape: Shape, names?: RegExp): Shape =>
  (value, path, report) => {
    if (!isMapping(value)) {
      report(path, mustBe("a mapping", value));
      return;
    }
    for (const [name, each] of Object.entries(value))
      if (names !== undefined && !names.test(name))
        report([...path, name], "is not a valid name: use letters, digits, dots, dashes and underscores");
      else shape(each, [...path, name], report);
  };

/** The shape for the kind of the given value; messages do not show possible secrets. */
export function either(cases: Readonly<Partial<Record<Kind, Shape>>>, hidden = false): Shape {
  const kinds = Object.keys(cases) as Kind[];
  return (value, path, report) => {
    const kind = kinds.find((each) => IS[each](value));
    if (kind === undefined) report(path, mustBe(orWords(kinds), value, hidden));
    else cases[kind]?.(value, path, report);
  };
}

export interface RecordOptions {
  readonly required?: readonly string[];
  /** What to write instead of keys known from other tools. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** A mapping of known keys; keys that begin with `x-` are extensions of the user. */
export function record(
  fields: Readonly<Record<string, { readonly shape: Shape }>>,
  { required = [], instead = {} }: RecordOptions = {},
): Shape {
  const known = Object.keys(fields);
  const remedy = (key: string): string => {
    if (instead[key] !== undefined) return `; write ${instead[key]}`;
    const near = didYouMean(key, known);
    return near !== "" || known.length > FEW ? near : `; known: ${known.join(", ")}`;
  };
  return (value, path, report) => {
    if (!isMapping(value)) {
      report(path, mustBe("a mapping", value));
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field !== undefined) field.shape(each, [...path, key], report);
      else if (!key.startsWith("x-")) report([...path, key], `is not a known key${remedy(key)}`, true);
    }
    for (const key of required) if (!Object.hasOwn(value, key)) report([...path, key], "is required");
  };
}

const pair = holds(
  (value) => typeof value === "string",
  (value) => mustBe("KEY=value", value, true),
);

/** `KEY: value`, or a list of `KEY=value`. The value may be a secret. */
export const pairs = either(
  { map: mapOf(oneOf("text", "number", "truth", "null")), list: setOf(pair) },
  true,
);
export const textOrTexts = either({ text, list: setOf(text) });
export const command = either({ null: nothing, text, list: listOf(text) });
