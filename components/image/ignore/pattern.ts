import { matchesWhole, type Step } from "./linear-match";

/**
 * One pattern of a `.dockerignore`, with the meaning Docker's own client gives it: a glob in the style of Go's
 * `filepath.Match`, plus `**` for any number of folders. Docker turns the glob into a regular expression; the odd
 * details of that translation (a class can contain `/`, `\d` is a digit) are kept, because the files that a build sees depend on them.
 * Go matches in linear time; JavaScript's regular expressions do not, so that only single characters are left to them.
 */
export interface IgnorePattern {
  /** The cleaned pattern, without its `!`. */
  readonly text: string;
  /** `true` for a pattern that began with `!`: it re-includes files. */
  readonly reinclude: boolean;
  /** Whether the whole path matches. `path` is relative to the context, with `/`, without a leading `./`. */
  matches(path: string): boolean;
}

/** Go's `unicode.IsSpace`; JavaScript's `trim` differs for U+0085 and U+FEFF. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Trims what Go's `strings.TrimSpace` trims. */
export function trimSpace(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && SPACE.test(text.charAt(from))) from += 1;
  while (to > from && SPACE.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/**
 * Compiles one cleaned pattern (no `!`).
 *
 * @throws Error - `bad pattern "...": ...` for what Docker refuses, and for the few escapes (`\b`, `\p`, `\x`, ...) that
 *   Docker's regular expressions interpret in a way that makes no sense for file names.
 */
export function compileIgnorePattern(text: string, reinclude: boolean): IgnorePattern {
  checkGlob(text);
  return { text, reinclude, matches: compile(text) };
}

function bad(pattern: string, why: string): Error {
  return new Error(`bad pattern ${JSON.stringify(pattern)}: ${why}`);
}

/** The syntax check of Go's `filepath.Match`. */
function checkGlob(pattern: string): void {
  const chars = [...pattern];
  let at = 0;
  const member = (): void => {
    const char = chars[at];
    if (char === undefined || char === "-" || char === "]")
      throw bad(pattern, "a [class] is not closed, or empty");
    if (char === "\\") at += 1;
    at += 1;
    if (at >= chars.length) throw bad(pattern, "a [class] is not closed, or empty");
  };
  while (at < chars.length) {
    const char = chars[at++];
    if (char === "\\") {
      if (at >= chars.length) throw bad(pattern, "it ends in a backslash");
      at += 1;
    } else if (char === "[") {
      if (chars[at] === "^") at += 1;
      for (let members = 0; members === 0 || chars[at] !== "]"; members += 1) {
        member();
        if (chars[at] === "-") {
          at += 1;
          member();
        }
      }
      at += 1;
    }
  }
}

/** Up to this number of wildcards, the time is at most quadratic in the length of a path, which is short. */
const FEW_WILDCARDS = 2;

/** Plain names, `name/**` and `**\/name` need no regular expression; this is also how Docker decides. */
function compile(pattern: string): (path: string) => boolean {
  const chars = [...pattern];
  let kind: "exact" | "prefix" | "suffix" | "regexp" = "exact";
  let go = "";
  for (let at = 0, step = 0; at < chars.length; step += 1) {
    const char = chars[at++] as string;
    if (char === "*" && chars[at] === "*") {
      at += 1;
      if (chars[at] === "/") at += 1;
      if (at < chars.length) {
        go += "(.*/)?";
        kind = "regexp";
      } else if (kind === "exact") {
        kind = "prefix";
      } else {
        go += ".*";
        kind = "regexp";
      }
      if (step === 0) kind = "suffix";
    } else if (char === "*" || char === "?") {
      go += char === "*" ? "[^/]*" : "[^/]";
      kind = "regexp";
    } else if (".+()|{}$".includes(char)) {
      go += `\\${char}`;
    } else if (char === "\\") {
      go += `\\${chars[at++] ?? ""}`;
      kind = "regexp";
    } else {
      if (char === "[" || char === "]") kind = "regexp";
      go += char;
    }
  }
  if (kind === "exact") return (path) => path === pattern;
  if (kind === "prefix") {
    const prefix = pattern.slice(0, -2);
    return (path) => path.startsWith(prefix);
  }
  if (kind === "suffix") {
    const suffix = pattern.slice(2);
    const name = suffix.startsWith("/") ? suffix.slice(1) : undefined;
    return (path) => path.endsWith(suffix) || path === name;
  }
  const { steps, source } = toSteps(go, pattern);
  // A regular expression is faster, but backtracks over all combinations of its wildcards.
  if (steps.filter(({ kind }) => kind === "many").length > FEW_WILDCARDS)
    return (path) => matchesWhole(steps, path);
  const expression = new RegExp(`^${source}$`, "u");
  return (path) => expression.test(path);
}

const PERL_CLASS: Readonly<Record<string, string>> = {
  d: "0-9",
  w: "0-9A-Za-z_",
  s: "\\t\\n\\f\\r ",
};
const CONTROL: Readonly<Record<string, string>> = {
  a: "\\x07",
  f: "\\f",
  n: "\\n",
  r: "\\r",
  t: "\\t",
  v: "\\v",
};
const POSIX_CLASS: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7f",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t-\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

function literal(char: string): string {
  return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}

/** The few regular expressions of Go that a glob becomes, as steps. */
function toSteps(go: string, pattern: string): { readonly steps: readonly Step[]; readonly source: string } {
  const chars = [...go];
  const steps: Step[] = [];
  let source = "";
  let at = 0;

  const escape = (inClass: boolean): { set: string } | { char: string } => {
    const char = chars[at++];
    if (char === undefined) throw bad(pattern, "it ends in a backslash");
    const control = CONTROL[char];
    if (control !== undefined) return { char: control };
    const perl = PERL_CLASS[char];
    if (perl !== undefined) return { set: inClass ? perl : `[${perl}]` };
    const negated = PERL_CLASS[char.toLowerCase()];
    if (negated !== undefined && !inClass) return { set: `[^${negated}]` };
    if (/^[0-9A-Za-z]$/.test(char) || char > "\x7f")
      throw bad(pattern, `\\${char} is not a character to escape`);
    return { char: literal(char) };
  };

  const classMember = (): { set: string } | { char: string } => {
    const posix = /^\[:(\w+):\]/.exec(chars.slice(at, at + 10).join(""));
    if (posix) {
      const set = POSIX_CLASS[posix[1] as string];
      if (set === undefined) throw bad(pattern, `there is no class ${posix[0]}`);
      at += posix[0].length;
      return { set };
    }
    const char = chars[at++];
    if (char === undefined) throw bad(pattern, "a [class] is not closed, or empty");
    return char === "\\" ? escape(true) : { char: literal(char) };
  };

  const readClass = (): string => {
    let members = "";
    let text = "[";
    if (chars[at] === "^") {
      text += "^";
      at += 1;
    }
    for (let first = true; first || chars[at] !== "]"; first = false) {
      const low = classMember();
      if ("set" in low) {
        members += low.set;
      } else if (chars[at] === "-" && chars[at + 1] !== "]" && chars[at + 1] !== undefined) {
        at += 1;
        const high = classMember();
        if ("set" in high) throw bad(pattern, "a range needs two characters");
        members += `${low.char}-${high.char}`;
      } else {
        members += low.char;
      }
    }
    at += 1;
    return `${text}${members}]`;
  };

  const one = (set: string, accepts = charTest(set, pattern)): void => {
    const isRepeated = chars[at] === "*";
    if (isRepeated) at += 1;
    steps.push({ kind: isRepeated ? "many" : "one", accepts });
    source += isRepeated ? `${set}*` : set;
  };

  while (at < chars.length) {
    const char = chars[at++] as string;
    if (char === "[") one(readClass());
    else if (char === "\\") {
      const escaped = escape(false);
      one("set" in escaped ? escaped.set : escaped.char);
    } else if (char === ".") one("[^\\n]");
    else if (char === "^") {
      steps.push({ kind: "start" });
      source += char;
    } else if (char === "(") {
      // Any number of folders: the only group.
      steps.push({ kind: "optional", steps: 2 });
      source += char;
    } else if (char === ")") {
      at += 1;
      source += ")?";
    } else one(literal(char), (each) => each === char);
  }
  return { steps, source };
}

/** A regular expression for one character. */
function charTest(set: string, pattern: string): (char: string) => boolean {
  try {
    const expression = new RegExp(`^${set}$`, "u");
    return (char) => expression.test(char);
  } catch {
    throw bad(pattern, "a range runs backwards or a repetition has nothing to repeat");
  }
}
