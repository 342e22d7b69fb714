/** Variables in text: `$A`, `${A}`, `${A:-default}`, `${A:?message}`, `${A:+other}`, nested, and `$$` for a dollar sign. */

export type Lookup = (name: string) => string | undefined;

/** A piece of a text: literal, or what a variable gave to it. */
export type Part = string | Variable;

/** A variable of a text, as it was written and as it was filled in. */
export interface Variable {
  readonly name: string;
  /** `-`, `?` or `+`, each with `:` before it or not; empty for a bare name. */
  readonly operator: string;
  /** The default, or the alternative with `+`. */
  readonly operand: readonly Part[];
  readonly value: string | undefined;
  /** The text of the variable as written. */
  readonly gives: "value" | "operand";
}

export interface Substitution {
  readonly text: string;
  /** Variables that are not set and have no default. */
  readonly unset: readonly string[];
  readonly parts: readonly Part[];
}

/** What a text of variables got wrong. */
export class TemplateError extends Error {}

// The default of a variable reaches to the last brace of the line here; `closingBrace` then finds its own.
const VARIABLE = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:([_a-z][_a-z0-9]*(?::?[-+?][^\n]*)?)\}|()))/gi;

/** So deep may variables stand within the defaults of others. */
const DEEPEST = 50;

/** Puts the variables in, or throws what the first wrong one got wrong. */
export function substitute(template: string, lookup: Lookup, depth = 0): Substitution {
  if (depth > DEEPEST) throw new TemplateError("has variables nested too deeply");
  if (!template.includes("$")) return { text: template, unset: [], parts: [template] };
  const unset: string[] = [];
  const parts: Part[] = [];
  const inner = (text: string): readonly Part[] => {
    const found = substitute(text, lookup, depth + 1);
    unset.push(...found.unset);
    return found.parts;
  };
  const bare = (name: string): Variable => {
    const value = lookup(name);
    if (value === undefined) unset.push(name);
    return { name, operator: "", operand: [], value, gives: "value" };
  };
  let end = 0;
  for (const match of template.matchAll(VARIABLE)) {
    const [whole, escaped, named, braced] = match;
    parts.push(template.slice(end, match.index));
    end = match.index + whole.length;
    if (escaped !== undefined) parts.push("$");
    else if (named !== undefined) parts.push(bare(named));
    else if (braced === undefined) throw malformed(template.slice(match.index));
    else parts.push(...bracedParts(whole, lookup, bare, inner));
  }
  parts.push(template.slice(end));
  const joined = withoutGaps(parts);
  return { text: partsText(joined), unset, parts: joined };
}

/** The text that some parts come to. */
export function partsText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.gives === "value" ? (part.value ?? "") : partsText(part.operand);
    })
    .join("");
}

/** What follows the variable up to the last brace of the line is text again. */
function bracedParts(
  text: string,
  lookup: Lookup,
  bare: (name: string) => Variable,
  inner: (text: string) => readonly Part[],
): readonly Part[] {
  const end = closingBrace(text);
  const [body, rest] = end === -1 ? [text.slice(2, -1), ""] : [text.slice(2, end), text.slice(end + 1)];
  const [, name = "", operator = "", operand = ""] = /^([_a-z0-9]+)(:?[-+?])?([^]*)$/i.exec(body) ?? [];
  if (operator === "" && operand !== "") throw malformed(text);
  const variable =
    operator === "" ? bare(name) : applied({ name, operator }, operand, inner(operand), lookup(name));
  return [variable, ...inner(rest)];
}

function applied(
  { name, operator }: Pick<Variable, "name" | "operator">,
  written: string,
  operand: readonly Part[],
  value: string | undefined,
): Variable {
  const given = value !== undefined && (value !== "" || !operator.startsWith(":"));
  const result = (gives: Variable["gives"]): Variable => ({ name, operator, operand, value, gives });
  if (operator.endsWith("-")) return result(given ? "value" : "operand");
  if (operator.endsWith("+")) return result(given ? "operand" : "value");
  if (given) return result("value");
  throw new TemplateError(`requires the variable ${name}${written === "" ? "" : `: ${written}`}`);
}

/** Literal text side by side is one part; nothing is none. */
function withoutGaps(parts: readonly Part[]): Part[] {
  return parts.reduce<Part[]>((result, part) => {
    const last = result.at(-1);
    if (part === "") return result;
    if (typeof part === "string" && typeof last === "string") return [...result.slice(0, -1), last + part];
    return [...result, part];
  }, []);
}

/** A text that opens a brace and closes none says so; the rest of it is what was written. */
function malformed(text: string): TemplateError {
  const missing = /^\$\{[_a-z][_a-z0-9]*$/i.test(text.split(/\s/, 1)[0] ?? "");
  return new TemplateError(`has a malformed variable${missing ? ", a } is missing" : ""}`);
}

/** The brace that ends the first variable; -1 where the braces do not match. */
function closingBrace(text: string): number {
  let open = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === "}") {
      open -= 1;
      if (open === 0) return index;
    }
    if (text[index] === "{") {
      open += 1;
      index += 1; // what follows a brace that opens is part of it
    }
  }
  return -1;
}
