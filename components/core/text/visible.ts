/** Text of others, as people may see it: nothing in it moves a cursor, colours a line or turns round what follows. */

/** Control characters but tab and line feed, what marks a direction, what has no width, and separators of lines. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

/** Writes what would not be seen as `\u001b`. */
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

/** Lines of a log: their colours, which mean nothing elsewhere, are left out. */
export function visibleLog(text: string): string {
  return visible(text.replace(/\u001b\[[\d;:]*m/g, "").replace(/\r+(?=\n|$)/g, ""));
}

/** JSON for programs, which read from it exactly what was given. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(UNSEEN, escape);
}

function escape(sign: string): string {
  return [...Array(sign.length).keys()]
    .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}
