/** The value of an unquoted word in a Compose file: YAML 1.2, plus the numbers of YAML 1.1 that Compose accepts. */

import type { Scalar } from "./node";

const WORDS = new Map<string, Scalar>([
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, NaN] as const),
  ...["", "+"].flatMap((sign) => [".inf", ".Inf", ".INF"].map((word) => [sign + word, Infinity] as const)),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
]);

const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

export function resolvePlain(text: string): Scalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.\d]/.test(text)) return text;
  const digits = text.replaceAll("_", "");
  if (text.startsWith(".")) return DECIMAL.test(text) ? Number(text) : text;
  return wholeNumber(digits) ?? (DECIMAL.test(digits) ? Number(digits) : text);
}

/** Decimal, hexadecimal, binary, and octal both as `0o17` and as `017`. */
function wholeNumber(text: string): number | bigint | undefined {
  const match = /^([-+]?)(0x[\da-f]+|0o[0-7]+|0b[01]+|0[0-7]+|0|[1-9]\d*)$/i.exec(text);
  const [, sign = "", body = ""] = match ?? [];
  if (match === null) return undefined;
  const octal = /^0[0-7]+$/.test(body);
  const size = BigInt(octal ? `0o${body.slice(1)}` : body.toLowerCase());
  const value = sign === "-" ? -size : size;
  if (value > 2n ** 64n - 1n || value < -(2n ** 63n)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
