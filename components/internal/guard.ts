/** The few building blocks from which every guard is made. They own the wording of a bound. */

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { isLater } from "./later";
import { didYouMean, orList, showValue } from "./message";

type Shape = Record<string, z.ZodType>;

/** An object that refuses unknown keys and names the nearest known one. */
export function strict<S extends Shape>(shape: S) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => `"${key}" is not known here${didYouMean(key, known)}`).join("; ");
      }
      return mustBe("an object", issue.input);
    },
  });
}

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max?: number, remedy = "") {
  const range = max === undefined ? `at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
  const text = `must be a whole number ${range}${remedy}`;
  return fits(
    z.number(),
    (value) => Number.isInteger(value) && value >= min && (max === undefined || value <= max),
    text,
  );
}

/** A number above zero, fractions allowed. */
export function positiveNumber(max?: number) {
  const text =
    max === undefined ? "must be a number above 0" : `must be a number above 0 and at most ${String(max)}`;
  return fits(
    z.number(),
    (value) => Number.isFinite(value) && value > 0 && (max === undefined || value <= max),
    text,
  );
}

/** A number of seconds, zero and fractions allowed. */
export function seconds(min = 0) {
  return fits(
    z.number(),
    (value) => Number.isFinite(value) && value >= min,
    `must be a number of seconds, at least ${String(min)}`,
  );
}

/** Text of a given form; `what` completes "must be ...". */
export function text(what = "text", test: (value: string) => boolean = () => true) {
  return fits(z.string(), test, `must be ${what}`);
}

export const nonEmptyText = text("text that is not empty", (value) => value.length > 0);

export const flag = z.boolean({ error: (issue) => mustBe("true or false", issue.input) });

/** An absolute path inside a container; Docker keeps no trailing slash, so none is accepted. */
export const containerPath = text(
  'an absolute path without a trailing slash, for example "/data"',
  (value) =>
    /^\/[^\0]*$/.test(value) &&
    !/\/\/|\/\.{1,2}(\/|$)/.test(value) &&
    (value === "/" || !value.endsWith("/")),
);

/** One of a few words, with the nearest one suggested. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, {
    error: (issue) => {
      const hint = typeof issue.input === "string" ? didYouMean(issue.input, words) : "";
      return `${mustBe(orList(words), issue.input)}${hint}`;
    },
  });
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, { error: (issue) => mustBe("a list", issue.input) });
}

export function mapOf<T extends z.ZodType>(value: T, key: z.ZodString | z.ZodCustom<string> = z.string()) {
  return z.record(key as z.ZodString, value, {
    error: (issue) =>
      issue.code === "invalid_key"
        ? (issue.issues[0]?.message ?? "is not a usable name")
        : mustBe("an object of names and values", issue.input),
  });
}

/** A leaf that may also be known later: an Output or a Promise passes and is judged by Docker, a plain value is judged now. */
export function input<T>(schema: z.ZodType<T>): z.ZodType<pulumi.Input<T>> {
  return z.any().superRefine((value: unknown, context) => {
    if (isLater(value)) return;
    const result = schema.safeParse(value);
    if (!result.success) for (const issue of result.error.issues) context.addIssue({ ...issue } as never);
  }) as unknown as z.ZodType<pulumi.Input<T>>;
}

/** A reference to another component, recognised by a member that it carries. */
export function reference<T extends object>(member: keyof T & string, what: string): z.ZodType<T> {
  return z.custom<T>(
    (value) =>
      typeof value === "object" && value !== null && (value as Record<string, unknown>)[member] !== undefined,
    { error: (issue) => mustBe(what, issue.input) },
  );
}

/** "must be X, got Y"; a missing value is called required. */
export function mustBe(what: string, found: unknown): string {
  return found === undefined ? `is required: ${what}` : `must be ${what}, got ${showValue(found)}`;
}

function fits<B extends z.ZodString | z.ZodNumber>(
  base: B,
  test: (value: z.output<B>) => boolean,
  requirement: string,
): z.ZodType<z.output<B>> {
  const what = requirement.replace(/^must be /, "");
  const kind = base instanceof z.ZodNumber ? "number" : "string";
  return z.custom<z.output<B>>((value) => typeof value === kind && test(value as z.output<B>), {
    error: (issue) => mustBe(what, issue.input),
  }) as unknown as z.ZodType<z.output<B>>;
}
