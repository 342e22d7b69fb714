/** Interpolation of text: `$A`, `${A}`, `${A:-default}`, `${A:?message}`, `${A:+other}`, nested, and `$$` for a dollar sign. */

export type Lookup = (name: string) => string | undefined;

/** A part of a text: literal, or the value of a variable. */
export type Part = string | Variable;

/** A variable in a text, as written and with its value. */
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

/** An invalid template. */
export class TemplateError extends Error {}

// The default of a variable reaches to the last brace of the line here; `closingBrace` then finds its own.
const VARIABLE = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:([_a-z][_a-z0-9]*(?::?[-+?][^\n]*)?)\}|()))/gi;

/** The maximum nesting of variables in defaults. */
const DEEPEST = 50;

/** Interpolates the variables, or throws the fault of the first invalid one. */
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

/** Joins parts into text. */
export function partsText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.gives === "value" ? (part.value ?? "") : partsText(part.operand);
    })
    .join("");
}

/** The rest after the variable, up to the last brace of the line, is parsed as text. */
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

/** Joins adjacent literal parts and removes empty ones. */
function withoutGaps(parts: readonly Part[]): Part[] {
  return parts.reduce<Part[]>((result, part) => {
    const last = result.at(-1);
    if (part === "") return result;
    if (typeof part === "string" && typeof last === "string") return [...result.slice(0, -1), last + part];
    return [...result, part];
  }, []);
}

/** The fault of a text with an unclosed brace. */
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
