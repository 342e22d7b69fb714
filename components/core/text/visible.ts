/** Untrusted text for display: without control sequences and bidirectional marks. */

/** Control characters except tab and line feed, bidirectional marks, zero-width characters and line separators. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

/** Writes invisible characters as `\u001b`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, escape);
}

/** All texts of plain data. */
export function visibly<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (Array.isArray(value)) return value.map(visibly) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visibly(each)])) as T;
}

/** Log lines without their colour codes. */
export function visibleLog(text: string): string {
  return visible(text.replace(/\u001b\[[\d;:]*m/g, "").replace(/\r+(?=\n|$)/g, ""));
}

/** JSON for programs, with the exact values. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(UNSEEN, escape);
}

function escape(sign: string): string {
  return [...Array(sign.length).keys()]
    .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}
