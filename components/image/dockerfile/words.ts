/** Quotes values so that Docker's parser and its variable expansion return exactly that value. */

/** Text in which `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` are replaced by Docker while it builds. */
export interface Expanded {
  readonly expand: string;
}

/** A value of an instruction: plain text is literal, including `$`. */
export type Word = string | Expanded;

/** Text whose variables Docker replaces; everything else stays literal. */
export function expand(text: string): Expanded {
  return { expand: text };
}

const VARIABLE = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?[-+?][^{}$"'\\]*)?\})/g;
const PLAIN = /^[\w./:@%+,=~^-]+$/;

export function isExpanded(value: unknown): value is Expanded {
  return typeof value === "object" && value !== null && "expand" in value;
}

/** Fails with the instruction, the bound, the value and the remedy. */
export function refuse(instruction: string, bound: string, got: unknown, remedy: string): never {
  const value = isExpanded(got) ? got.expand : got;
  throw new Error(
    `${instruction}: must ${bound}, got ${value === undefined ? "nothing" : JSON.stringify(value)}; ${remedy}`,
  );
}

/** Text that is valid in any instruction: a well-formed string without NUL. */
export function checkText(instruction: string, value: unknown): string {
  if (typeof value !== "string") return refuse(instruction, "be text", value, "write it in quotes");
  if (/\0/.test(value)) refuse(instruction, "not contain a NUL character", value, "remove it");
  if (/\p{Surrogate}/u.test(value))
    refuse(instruction, "not contain half of a surrogate pair", value, "remove it");
  return value;
}

function lineText(instruction: string, value: Word): string {
  const text = checkText(instruction, isExpanded(value) ? value.expand : value);
  if (/[\n\r]/.test(text)) {
    refuse(
      instruction,
      "be one line",
      text,
      "a Dockerfile cannot write a line break here; set it when the container runs",
    );
  }
  return text;
}

/** Escapes each of `special` with a backslash, except inside the variables of expanded text. */
function escape(value: Word, text: string, special: RegExp): string {
  const literal = (part: string): string => part.replace(special, "\\$&");
  if (typeof value === "string") return literal(text);
  let out = "";
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    out += literal(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + literal(text.slice(from));
}

/** A value in double quotes. */
export function quoted(instruction: string, value: Word): string {
  return `"${escape(value, lineText(instruction, value), /["\\$]/g)}"`;
}

/** A word, in double quotes if it contains special characters. */
export function word(instruction: string, value: Word): string {
  const text = lineText(instruction, value);
  if (text === "") return refuse(instruction, "not be empty", value, "give it a value");
  return PLAIN.test(text) && !text.startsWith("-") ? text : quoted(instruction, value);
}

/** One JSON list of values that Docker expands after reading the JSON (COPY, VOLUME). */
export function jsonWords(instruction: string, values: readonly Word[]): string {
  return json(values.map((value) => escape(value, lineText(instruction, value), /["'\\$]/g)));
}

/** One JSON list of values that are passed to the process unchanged (RUN, CMD, ENTRYPOINT, SHELL, HEALTHCHECK). */
export function jsonArguments(instruction: string, values: readonly string[]): string {
  return json(values.map((value) => checkText(instruction, value)));
}

function json(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** Whether these paths can be written without JSON. */
export function isPlain(values: readonly Word[]): boolean {
  return values.every(
    (value) => typeof value === "string" && /^[\w./@%+,=~*?^:-]+$/.test(value) && !value.startsWith("-"),
  );
}

/**
 * A shell command, written unchanged. It can have several lines if each but the last ends with a backslash; text that Docker
 * would parse differently is refused.
 */
export function shellText(instruction: string, command: string): string {
  const text = checkText(instruction, command).trim();
  if (text === "") refuse(instruction, "not be empty", command, "write a command");
  if (text.startsWith("--"))
    refuse(instruction, "not begin with --, which Docker takes for an option", command, "use the list form");
  if (isJsonList(text))
    refuse(instruction, "not look like the list form", command, "pass a list instead of text");
  if (text.includes("\r"))
    refuse(instruction, "have line breaks without carriage return", command, "write \\n alone");
  if (/(?:^|\s)\d*<<(?!<)/.test(text)) {
    refuse(
      instruction,
      "not use a here-document, which not every builder knows",
      command,
      "copy a file, or use printf",
    );
  }
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    const last = index === lines.length - 1;
    const isComment = index > 0 && /^\s*#/.test(line);
    if (last && isComment)
      refuse(instruction, "not end in a comment, which joins the next instruction", line, "remove it");
    if (last && /\\[ \t]*$/.test(line))
      refuse(instruction, "not end in a backslash", command, "remove it, it joins the next instruction");
    if (last || isComment) return;
    if (!/(?:^|[^\\])\\[ \t]*$/.test(line)) {
      refuse(
        instruction,
        "continue each line but the last with one backslash",
        line,
        "end the line in && \\ or use several instructions",
      );
    }
  });
  return text;
}

function isJsonList(text: string): boolean {
  if (!text.startsWith("[")) return false;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string");
  } catch {
    return false;
  }
}
