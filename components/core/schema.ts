/** The building blocks of all schemas, with the wording of their messages. */

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { isLater } from "./later";
import { orList, showKind, showValue } from "./text/message";
import { didYouMean } from "./text/nearest";

type Shape = Record<string, z.ZodType>;

/** The maximum number of known keys in a message. */
const FEW = 12;

/** How much of an invalid value a message may show: `kind` if it can be a secret. */
type Shown = "value" | "kind";

interface Wording {
  /** Completes "must be ...". @defaultValue `"an object"` */
  readonly what?: string;
  readonly shown?: Shown;
  /** What to write instead of keys known from other tools. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** An object that refuses unknown keys and names the nearest known one. */
export function strict<S extends Shape>(
  shape: S,
  { what = "an object", shown = "value", instead = {} }: Wording = {},
) {
  const known = Object.keys(shape);
  const remedy = (key: string): string => {
    if (instead[key] !== undefined) return `; write ${instead[key]}`;
    const near = didYouMean(key, known);
    return near !== "" || known.length > FEW ? near : `; known: ${known.join(", ")}`;
  };
  const shaped = z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? // One line each: these are separate faults.
          issue.keys.map((key) => `${JSON.stringify(key)} is not a known key${remedy(key)}`).join("\n")
        : mustBe(what, issue.input, shown),
  });
  return z
    .unknown()
    .superRefine((value, context) => {
      if (!isStructure(value)) context.addIssue({ code: "custom", message: mustBe(what, value, shown) });
    })
    .pipe(shaped);
}

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max?: number, remedy = "") {
  const range = max === undefined ? `of at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
  const text = `must be a whole number ${range}${remedy}`;
  return fits(
    z.number(),
    (value) => Number.isInteger(value) && value >= min && (max === undefined || value <= max),
    text,
  );
}

/** A number within a bound, fractions allowed. */
export function numberFrom(min: number) {
  return fits(
    z.number(),
    (value) => Number.isFinite(value) && value >= min,
    `must be a number of at least ${String(min)}`,
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
export function text(what = "text", test: (value: string) => boolean = () => true, shown: Shown = "value") {
  return fits(z.string(), test, `must be ${what}`, shown);
}

export const nonEmptyText = text("text that is not empty", (value) => value.length > 0);

export const flag = z.boolean({
  error: (issue) => `${mustBe("true or false", issue.input)}${withoutQuotes(issue.input)}`,
});

/** An absolute path inside a container; Docker removes a trailing slash, so none is accepted. */
export const containerPath = text(
  'an absolute path without a trailing slash, for example "/data"',
  (value) =>
    /^\/[^\0]*$/.test(value) &&
    !/\/\/|\/\.{1,2}(\/|$)/.test(value) &&
    (value === "/" || !value.endsWith("/")),
);

/** One of several words, with a suggestion; `what` describes other valid values. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W, what = orList(words)) {
  return z.enum(words, {
    error: (issue) => {
      const hint = typeof issue.input === "string" ? didYouMean(issue.input, words) : "";
      return `${mustBe(what, issue.input)}${hint}`;
    },
  });
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, { error: (issue) => mustBe("a list", issue.input) });
}

export function mapOf<T extends z.ZodType>(
  value: T,
  key: z.ZodType<string> = z.string(),
  shown: Shown = "value",
) {
  const record = z.record(key as z.ZodString, value, {
    error: (issue) =>
      issue.code === "invalid_key"
        ? (issue.issues[0]?.message ?? "is not a usable name")
        : mustBe("an object of names and values", issue.input, shown),
  });
  return z.unknown().transform((given, context): z.output<typeof record> => {
    judge(record, given, context);
    const checked = record.safeParse(given).data ?? {};
    if (!isStructure(given) || !Object.hasOwn(given, PROTOTYPE)) return checked;
    // zod omits this key; here it is a normal name.
    const member = (given as Readonly<Record<string, unknown>>)[PROTOTYPE];
    judge(value, member, context);
    return Object.defineProperty(checked, PROTOTYPE, {
      value: member,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  });
}

const PROTOTYPE = "__proto__";

/** A leaf that can also be known later: an Output or a Promise is accepted and checked by Docker, a plain value is checked now. */
export function input<T>(schema: z.ZodType<T>): z.ZodType<pulumi.Input<T>> {
  return z.any().superRefine((value: unknown, context) => {
    if (!isLater(value)) judge(schema, value, context);
  });
}

/** Checks a value with a chosen schema, and reports its faults. */
export function judge(schema: z.ZodType, value: unknown, context: z.RefinementCtx): void {
  const result = schema.safeParse(value);
  if (!result.success) for (const issue of result.error.issues) context.addIssue({ ...issue });
}

/** A reference to another component, recognised by one of its members. */
export function reference<T extends object>(member: keyof T & string, what: string): z.ZodType<T> {
  return z.custom<T>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      // An Output seems to have every member.
      !isLater(value) &&
      ((value as Record<string, unknown>)[member] ?? undefined) !== undefined,
    { error: (issue) => mustBe(what, issue.input) },
  );
}

/** "must be X, got Y"; a missing value is called required. */
export function mustBe(what: string, found: unknown, shown: Shown = "value"): string {
  if (found === undefined) return `is required: ${what}`;
  return `must be ${what}, got ${shown === "kind" ? showKind(found) : showValue(found)}`;
}

/** The remedy if a text contains a valid number or boolean. */
export function withoutQuotes(found: unknown): string {
  const spells = found === "true" || found === "false" || String(Number(found)) === found;
  return spells && found !== "NaN" ? `; write ${found} without quotes` : "";
}

/** The remedy if a number or a boolean is given instead of text. */
function inQuotes(found: unknown): string {
  return typeof found === "number" || typeof found === "boolean" ? "; write it in quotes" : "";
}

/** True for an object of arguments; not for a list or a Pulumi value. */
export function isStructure(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !isLater(value) &&
    !pulumi.Resource.isInstance(value)
  );
}

function fits<B extends z.ZodString | z.ZodNumber>(
  base: B,
  test: (value: z.output<B>) => boolean,
  requirement: string,
  shown: Shown = "value",
): z.ZodType<z.output<B>> {
  const what = requirement.replace(/^must be /, "");
  const kind = base instanceof z.ZodNumber ? "number" : "string";
  return z.custom<z.output<B>>((value) => typeof value === kind && test(value as z.output<B>), {
    error: (issue) =>
      `${mustBe(what, issue.input, shown)}${kind === "number" ? withoutQuotes(issue.input) : inQuotes(issue.input)}`,
  });
}
