/** The building blocks of the schema: they own the wording of what is wrong. */

import { z } from "zod";

import { didYouMean } from "../../internal/nearest";
import { asText } from "../values";

type Kind = "text" | "number" | "whole" | "truth" | "null" | "list" | "map";

const IS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number" || typeof value === "bigint",
  whole: (value) => typeof value === "bigint" || Number.isInteger(value),
  truth: (value) => typeof value === "boolean",
  null: (value) => value === null,
  list: Array.isArray,
  map: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
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

/** So many known keys are named in a message; more would hide it. */
const FEW = 12;

function mustBe(what: string, found: unknown, hidden = false): string {
  if (found === undefined) return `is required: ${what}`;
  return `must be ${what}, got ${show(found, hidden)}`;
}

function show(found: unknown, hidden: boolean): string {
  if (found === null) return "nothing; give it a value, or take it out";
  if (Array.isArray(found)) return `a list of ${String(found.length)}`;
  if (typeof found === "object") return "a mapping";
  if (hidden) return typeof found === "string" ? "text" : `a ${typeof found}`;
  if (typeof found !== "string") return asText(found as number | bigint | boolean);
  return JSON.stringify(found.length > 60 ? `${found.slice(0, 57)}...` : found);
}

function orWords(kinds: readonly Kind[]): string {
  const words = kinds.filter((kind) => kind !== "null").map((kind) => CALLED[kind]);
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

/** A value of one of a few kinds. */
export function leaf(...kinds: readonly Kind[]): z.ZodType {
  const onlyText = kinds.length === 1 && kinds[0] === "text";
  return z.custom<unknown>((value) => kinds.some((kind) => IS[kind](value)), {
    error: (issue) => {
      const quotes =
        onlyText && ["number", "boolean"].includes(typeof issue.input) ? "; write it in quotes" : "";
      return `${mustBe(orWords(kinds), issue.input)}${quotes}`;
    },
  });
}

export const text = leaf("text");
export const numeric = leaf("number", "text");
export const whole = leaf("whole", "text");
export const truth = leaf("truth", "text");

/** Text of a given form; `what` completes "must be ...". */
export function textLike(pattern: RegExp, what: string): z.ZodType {
  return z.custom<unknown>((value) => typeof value === "string" && pattern.test(value), {
    error: (issue) => mustBe(what, issue.input),
  });
}

export function wordOf(...words: readonly string[]): z.ZodType {
  const what = words.map((word) => `"${word}"`).join(", ");
  return z.custom<unknown>((value) => typeof value === "string" && words.includes(value), {
    error: (issue) =>
      `${mustBe(words.length === 1 ? what : `one of ${what}`, issue.input)}${typeof issue.input === "string" ? didYouMean(issue.input, words) : ""}`,
  });
}

/** A whole number within bounds, or text that a variable may fill. */
export function wholeFrom(min: number, max = Infinity): z.ZodType {
  const bounds = max === Infinity ? `of at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
  return z.custom<unknown>(
    (value) =>
      typeof value === "string" || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max),
    { error: (issue) => mustBe(`a whole number ${bounds}`, issue.input) },
  );
}

export function listOf(item: z.ZodType): z.ZodType {
  return z.array(item, { error: (issue) => mustBe("a list", issue.input) });
}

/** A list in which nothing stands twice. */
export function setOf(item: z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    judge(listOf(item), value, context);
    if (!Array.isArray(value)) return;
    const seen = new Map<string, number>();
    value.forEach((each, index) => {
      const key = JSON.stringify(each, (_key, part: unknown) =>
        typeof part === "bigint" ? String(part) : part,
      );
      const former = seen.get(key);
      if (former === undefined) seen.set(key, index);
      else
        context.addIssue({
          code: "custom",
          path: [index],
          message: `stands twice: [${String(former)}] is the same`,
        });
    });
  });
}

/** A mapping of names to values of one kind. */
export function mapOf(value: z.ZodType, names?: RegExp): z.ZodType {
  return z.unknown().superRefine((given, context) => {
    if (!IS.map(given)) {
      context.addIssue({ code: "custom", message: mustBe("a mapping", given) });
      return;
    }
    for (const [name, each] of Object.entries(given as object) as [string, unknown][]) {
      if (names !== undefined && !names.test(name))
        context.addIssue({
          code: "custom",
          path: [name],
          message: "is no name: letters, digits, dots, dashes and underscores make one",
        });
      else judge(value, each, context, name);
    }
  });
}

/** The schema that fits the kind of what is given; a message does not show what may be secret. */
export function either(cases: Readonly<Partial<Record<Kind, z.ZodType>>>, hidden = false): z.ZodType {
  const kinds = Object.keys(cases) as Kind[];
  return z.unknown().superRefine((value, context) => {
    const kind = kinds.find((each) => IS[each](value));
    if (kind === undefined)
      context.addIssue({ code: "custom", message: mustBe(orWords(kinds), value, hidden) });
    else judge(cases[kind] ?? text, value, context);
  });
}

export const nothing = leaf("null");

/** A mapping of known keys; keys that begin with `x-` are the user's own. */
export function shape(
  fields: Readonly<Record<string, z.ZodType>>,
  {
    required = [],
    instead = {},
  }: { required?: readonly string[]; instead?: Readonly<Record<string, string>> } = {},
): z.ZodType {
  const known = Object.keys(fields);
  const remedy = (key: string): string => {
    if (instead[key] !== undefined) return `; write ${instead[key]}`;
    const near = didYouMean(key, known);
    return near !== "" || known.length > FEW ? near : `; known: ${known.join(", ")}`;
  };
  return z.unknown().superRefine((value, context) => {
    if (!IS.map(value)) {
      context.addIssue({ code: "custom", message: mustBe("a mapping", value) });
      return;
    }
    const given = value as Record<string, unknown>;
    for (const [key, each] of Object.entries(given)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field !== undefined) judge(field, each, context, key);
      else if (!key.startsWith("x-"))
        context.addIssue({
          code: "custom",
          path: [key],
          message: `is not known here${remedy(key)}`,
          params: { key: true },
        });
    }
    for (const key of required)
      if (!Object.hasOwn(given, key))
        context.addIssue({ code: "custom", path: [key], message: "is required" });
  });
}

function judge(schema: z.ZodType, value: unknown, context: z.RefinementCtx, key?: string): void {
  const result = schema.safeParse(value);
  if (result.success) return;
  for (const issue of result.error.issues)
    context.addIssue({
      code: "custom",
      path: key === undefined ? issue.path : [key, ...issue.path],
      message: issue.message,
      params: "params" in issue ? issue.params : undefined,
    });
}

const pair = z.custom<unknown>((value) => typeof value === "string", {
  error: (issue) => mustBe("KEY=value", issue.input, true),
});

/** `KEY: value`, or a list of `KEY=value`. The value may be a secret. */
export const pairs = either({ map: mapOf(leaf("text", "number", "truth", "null")), list: setOf(pair) }, true);
export const texts = setOf(text);
export const textOrTexts = either({ text, list: texts });
export const command = either({ null: nothing, text, list: listOf(text) });
export const NAME = /^[a-zA-Z0-9._-]+$/;
