/** Parses variable files: `.env`, `--env-file`, `env_file` and `label_file`, by the rules of Compose. */

import { type Lookup, substitute, TemplateError } from "./template";

export type Variables = Record<string, string>;

/** A fault in a variable file, with its line. It never shows a value. */
export class DotenvError extends Error {
  constructor(
    readonly line: number,
    text: string,
  ) {
    super(text);
  }
}

const SPACE = /[\t\v\f\r \u0085\u00a0]/;
const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  c: "\\c",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  $: "$$",
  '"': '"',
  "\\": "\\",
};

/**
 * Parses `text`; values can refer to variables in `before`. `lookup` has precedence, and provides names without a value.
 */
export function parseDotenv(
  text: string,
  lookup: Lookup = () => undefined,
  before: Variables = {},
): Variables {
  const found: Variables = { ...before };
  const known: Lookup = (name) => lookup(name) ?? (Object.hasOwn(found, name) ? found[name] : undefined);
  const source = new Source(text.replace(/^\ufeff/, ""));
  while (source.skipToStatement()) {
    const { name, bare } = source.name();
    if (bare) {
      const value = lookup(name);
      if (value !== undefined) set(found, name, value);
      continue;
    }
    const { value, quote } = source.value();
    set(
      found,
      name,
      quote === "'" ? value : filled(quote === '"' ? unescaped(value) : value, known, source.line),
    );
  }
  return found;
}

/** A variable can be named __proto__. */
function set(variables: Variables, name: string, value: string): void {
  Object.defineProperty(variables, name, { value, enumerable: true, writable: true, configurable: true });
}

function filled(value: string, lookup: Lookup, line: number): string {
  try {
    return substitute(value, lookup).text;
  } catch (error) {
    throw new DotenvError(
      line,
      error instanceof TemplateError
        ? `${error.message}${error.message.includes("malformed") ? "; write $$ for a dollar sign" : ""}`
        : String(error),
    );
  }
}

function unescaped(value: string): string {
  return value.replace(
    /\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g,
    (match: string, letter?: string, digits?: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? match;
      // After the zero, three octal digits encode a byte; otherwise the zero is dropped.
      const octal = digits ?? "";
      return /^[0-3][0-7]{2}$/.test(octal) ? String.fromCharCode(parseInt(octal, 8)) : `\\${octal}`;
    },
  );
}

class Source {
  line = 1;
  #at = 0;

  constructor(private readonly text: string) {}

  /** Skips blank lines and comments. */
  skipToStatement(): boolean {
    for (; this.#at < this.text.length; this.#at += 1) {
      const char = this.text.charAt(this.#at);
      if (char === "\n") this.line += 1;
      else if (char === "#") {
        const end = this.text.indexOf("\n", this.#at);
        if (end === -1) return false;
        this.#at = end - 1;
      } else if (!/\s/.test(char) && char !== "\u0085") return true;
    }
    return false;
  }

  /** A name with its value, if it has one. */
  name(): { name: string; bare: boolean } {
    const exported = /^export\s+/.exec(this.text.slice(this.#at, this.#at + 80));
    if (exported !== null) this.#at += exported[0].length;
    const start = this.#at;
    for (; ; this.#at += 1) {
      const char = this.text.charAt(this.#at);
      const ends = char === "" || char === "=" || char === ":" || char === "\n";
      if (!ends && !SPACE.test(char) && !/[\p{L}\p{N}_.[\]-]/u.test(char))
        throw new DotenvError(this.line, `a variable name cannot contain ${JSON.stringify(char)}`);
      if (!ends) continue;
      const name = this.text.slice(start, this.#at).trimEnd();
      if (name.includes(" ")) throw new DotenvError(this.line, "a variable name cannot contain a space");
      this.#at += 1;
      const bare = char === "" || char === "\n";
      if (bare) this.line += 1;
      else while (SPACE.test(this.text.charAt(this.#at))) this.#at += 1;
      return { name, bare };
    }
  }

  value(): { value: string; quote: string } {
    const quote = this.text.charAt(this.#at);
    return quote === '"' || quote === "'" ? this.#quoted(quote) : this.#unquoted();
  }

  #unquoted(): { value: string; quote: string } {
    const end = this.text.indexOf("\n", this.#at);
    const rest = this.text.slice(this.#at, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.text.length : end + 1;
    this.line += 1;
    const [value = ""] = rest.split(" #");
    return { value: value.trimEnd(), quote: "" };
  }

  #quoted(quote: string): { value: string; quote: string } {
    const first = this.line;
    let value = "";
    let escaped = false;
    for (this.#at += 1; this.#at < this.text.length; this.#at += 1) {
      const char = this.text.charAt(this.#at);
      if (char === "\n") this.line += 1;
      if (char === quote && !escaped) {
        this.#at += 1;
        return { value, quote };
      }
      if (char === "\\" && !escaped) {
        escaped = true;
        continue;
      }
      if (escaped && char !== quote) value += "\\";
      value += char;
      escaped = false;
    }
    throw new DotenvError(first, "a quote is not closed");
  }
}

/** The format `raw`: each line is a name and a value, without quotes, escapes or variables. */
export function parseRawVariables(text: string, lookup: Lookup, before: Variables = {}): Variables {
  const found: Variables = { ...before };
  text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .forEach((line, index) => {
      const statement = line.trimStart();
      if (statement === "" || statement.startsWith("#")) return;
      const [name = ""] = statement.split("=", 1);
      if (name === "") throw new DotenvError(index + 1, "a variable has no name");
      if (/\s/.test(name)) throw new DotenvError(index + 1, "a variable name cannot contain a space");
      const value = statement.includes("=") ? statement.slice(name.length + 1) : lookup(name);
      if (value !== undefined) set(found, name, value);
    });
  return found;
}
