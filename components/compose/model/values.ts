/** How Compose writes a value as text, and reads text as a value. */

import type { Plain, Scalar } from "../source/node";

/** A number or a boolean as text, as Compose writes it: `1.50` is `1.5`, `1e3` is `1000`. */
export function asText(value: Scalar): string {
  if (typeof value !== "number") return value === null ? "" : String(value);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  return String(value);
}

/** Like `asText`, for values that can be a list or a mapping by mistake. */
export function plainText(value: Plain): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : asText(value);
}

export function isWholeText(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

export function isNumberText(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}

/** The nearest single-precision number, with the fewest digits that identify it. */
export function singlePrecision(value: number): number {
  const single = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return single;
}

export type Truth = { readonly value: boolean; readonly oldWord: boolean };

/** Also accepts the booleans of YAML 1.1. */
export function truthOf(text: string): Truth | undefined {
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return { value: word === "true", oldWord: false };
  if (["y", "yes", "on"].includes(word)) return { value: true, oldWord: true };
  if (["n", "no", "off"].includes(word)) return { value: false, oldWord: true };
  return undefined;
}
