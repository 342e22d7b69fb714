/** Writes data as YAML, half in lines and half in brackets, with words that are to stand without quotes. */

export type Yaml = string | number | boolean | null | Word | Yaml[] | { [key: string]: Yaml };

/** Stands as it is. */
export interface Word {
  readonly word: () => string;
}

export const word = (text: string): Word => ({ word: () => text });

function isWord(value: Yaml): value is Word {
  return typeof value === "object" && value !== null && "word" in value && typeof value.word === "function";
}

export function write(value: Yaml, depth = 0): string {
  if (isWord(value)) return value.word();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inLines = depth < 4;
  if (Array.isArray(value)) {
    if (!inLines || value.length === 0) return `[${value.map((each) => write(each, 9)).join(", ")}]`;
    return value.map((each) => `\n${"  ".repeat(depth)}- ${write(each, 9)}`).join("");
  }
  const entries = Object.entries(value);
  if (!inLines || entries.length === 0)
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}: ${write(each, 9)}`).join(", ")}}`;
  return entries
    .map(([key, each]) => `\n${"  ".repeat(depth)}${JSON.stringify(key)}: ${write(each, depth + 1)}`)
    .join("");
}
