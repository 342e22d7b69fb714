/** Decodes the merged tree into the model: one decoder per kind of value. Empty values are omitted, as in Compose. */

import type { Path, Plain } from "../../source/node";
import { shellWords } from "../../variables/shell-words";
import { formatDuration, parseBytes, parseDuration } from "../../model/units";
import { asText, isNumberText, isWholeText, plainText, singlePrecision, truthOf } from "../../model/values";
import { isMapping, type Report } from "./shape";

/** Undefined if the value is empty. */
export type Decoder<T> = (value: Plain, path: Path, report: Report) => T | undefined;

export const text: Decoder<string> = (value) => {
  const read = plainText(value);
  return read === "" ? undefined : read;
};

/** An octal number, for the mode of a file. */
export const mode: Decoder<string> = (value, path, report) => {
  const number =
    typeof value === "string" ? (/^[0-7]+$/.test(value) ? parseInt(value, 8) : NaN) : Number(value);
  if (Number.isInteger(number) && number >= 0) return `0${number.toString(8)}`;
  report(path, 'must be a mode in octal, for example "0440"');
  return undefined;
};

/** A boolean; `false` is kept. */
export const truth: Decoder<boolean> = (value, path, report) => {
  if (typeof value === "boolean") return value;
  const read = truthOf(plainText(value));
  if (read !== undefined) return read.value;
  report(path, "must be true or false");
  return undefined;
};

/** A boolean; `false` is omitted. */
export const flag: Decoder<boolean> = (value, path, report) =>
  truth(value, path, report) === true || undefined;

/** A whole number; 0 is kept. */
export const count: Decoder<number> = (value, path, report) => {
  const number = typeof value === "string" ? (isWholeText(value) ? Number(value) : NaN) : Number(value);
  if (Number.isFinite(number)) return Math.trunc(number);
  report(path, "must be a whole number");
  return undefined;
};

export const unsigned: Decoder<number> = (value, path, report) => {
  const number = count(value, path, report);
  if (number === undefined || number >= 0) return number;
  report(path, "must be at least 0");
  return undefined;
};

const unlessZero =
  (decode: Decoder<number>): Decoder<number> =>
  (value, path, report) =>
    decode(value, path, report) || undefined;

export const whole = unlessZero(count);
export const natural = unlessZero(unsigned);

/** A single-precision number. */
export const number: Decoder<number> = (value, path, report) => {
  const read = typeof value === "string" ? (isNumberText(value) ? Number(value) : NaN) : Number(value);
  if (Number.isFinite(read)) return singlePrecision(read) || undefined;
  report(path, "must be a number");
  return undefined;
};

export const bytes: Decoder<string> = (value, path, report) => {
  // Compose ignores fractional byte sizes.
  const size =
    typeof value === "string" ? parseBytes(value) : Number.isInteger(Number(value)) ? Number(value) : 0;
  if (size !== undefined) return size === 0 ? undefined : String(size);
  report(path, "must be a size, for example 512m or 1.5g");
  return undefined;
};

export const duration: Decoder<string> = (value, path, report) => {
  const nanoseconds = parseDuration(plainText(value));
  if (nanoseconds !== undefined) return formatDuration(nanoseconds);
  report(path, "must be a duration, for example 1m30s or 500ms");
  return undefined;
};

export const durationUnlessZero: Decoder<string> = (value, path, report) => {
  const read = duration(value, path, report);
  return read === "0s" ? undefined : read;
};

/** A list of texts, from one or several texts. */
export const texts: Decoder<readonly string[]> = (value) => {
  const read = (Array.isArray(value) ? value : [value]).map(plainText);
  return read.length === 0 ? undefined : read;
};

/** A command: a text is split into words, a list is unchanged, and an empty list clears the image's command. */
export const command: Decoder<readonly string[]> = (value, path, report) => {
  if (Array.isArray(value)) return value.map(plainText);
  const words = shellWords(plainText(value));
  if (words === undefined) report(path, "has a quote or a bracket that is not closed; write it as a list");
  return words;
};

export function listOf<T>(decode: Decoder<T>): Decoder<readonly T[]> {
  return (value, path, report) => {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    return value.flatMap((item, index) => decode(item, [...path, index], report) ?? []);
  };
}

/** A mapping, sorted by name. */
export function mapOf<T>(
  decode: (value: Plain, path: Path, report: Report) => T | undefined,
): Decoder<Readonly<Record<string, T>>> {
  return (value, path, report) => {
    if (!isMapping(value)) return undefined;
    const entries = sorted(value).flatMap(([key, each]) => {
      const decoded = decode(each, [...path, key], report);
      return decoded === undefined ? [] : [[key, decoded] as const];
    });
    return entries.length === 0 ? undefined : asRecord(entries);
  };
}

export function sorted(value: Readonly<Record<string, Plain>>): [string, Plain][] {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** An object that accepts a key named __proto__ like any other. */
function asRecord<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}

/** `KEY=value` or a mapping, as a mapping of texts: a missing value is empty. */
export const pairs: Decoder<Readonly<Record<string, string>>> = (value) => {
  const entries = pairsOf(value).map(([key, each]) => [key, each ?? ""] as const);
  return entries.length === 0 ? undefined : asRecord(entries);
};

/** The same, but a missing value is `null`. */
export const variables: Decoder<Readonly<Record<string, string | null>>> = (value, path, report) => {
  for (const [index, item] of Array.isArray(value) ? value.entries() : []) {
    const [name = ""] = plainText(item).split("=", 1);
    // The value may be a secret.
    if (/\s$/.test(name))
      report(
        [...path, index],
        `has a space after the name ${name.trim()}; write ${name.trim()}=VALUE without spaces around the equals sign`,
      );
  }
  const entries = pairsOf(value);
  return entries.length === 0 ? undefined : asRecord(entries);
};

function pairsOf(value: Plain): (readonly [string, string | null])[] {
  if (Array.isArray(value)) {
    const last = new Map(
      value.map((item) => {
        const [key = "", after] = plainText(item).split(/=(.*)/s);
        return [key, after ?? null] as const;
      }),
    );
    return [...last].sort(([one], [other]) => (one < other ? -1 : 1));
  }
  if (!isMapping(value)) return [];
  return sorted(value).map(([key, each]) => [key, each === null ? null : asTextOf(each)] as const);
}

function asTextOf(value: Plain): string {
  return typeof value === "object" && value !== null ? plainText(value) : asText(value);
}
