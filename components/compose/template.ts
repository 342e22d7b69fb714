/** Variables in text: `$A`, `${A}`, `${A:-default}`, `${A:?message}`, `${A:+other}`, nested, and `$$` for a dollar sign. */

export type Lookup = (name: string) => string | undefined;

export interface Substitution {
  readonly text: string;
  /** Variables that are not set and have no default. */
  readonly unset: readonly string[];
}

/** What a text of variables got wrong. */
export class TemplateError extends Error {}

// The default of a variable reaches to the last brace of the line here; `closingBrace` then finds its own.
const VARIABLE = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:([_a-z][_a-z0-9]*(?::?[-+?][^\n]*)?)\}|()))/gi;

/** Puts the variables in, or throws what the first wrong one got wrong. */
export function substitute(template: string, lookup: Lookup): Substitution {
  if (!template.includes("$")) return { text: template, unset: [] };
  const unset: string[] = [];
  const inner = (text: string): string => {
    const found = substitute(text, lookup);
    unset.push(...found.unset);
    return found.text;
  };
  const bare = (name: string): string => {
    const value = lookup(name);
    if (value === undefined) unset.push(name);
    return value ?? "";
  };
  const text = template.replace(
    VARIABLE,
    (match: string, escaped?: string, named?: string, braced?: string) => {
      if (escaped !== undefined) return "$";
      if (named !== undefined) return bare(named);
      if (braced === undefined) throw new TemplateError("has a variable that is not well formed");
      const end = closingBrace(match);
      const [body, rest] =
        end === -1 ? [match.slice(2, -1), ""] : [match.slice(2, end), match.slice(end + 1)];
      const { name, operator, operand } = parts(body);
      if (operator === "") return bare(name);
      return applied(name, operator, operand, inner(operand), lookup) + inner(rest);
    },
  );
  return { text, unset };
}

function parts(body: string): { name: string; operator: string; operand: string } {
  const [, name = "", operator = "", operand = ""] = /^([_a-z0-9]+)(:?[-+?])?([^]*)$/i.exec(body) ?? [];
  if (operator === "" && operand !== "") throw new TemplateError("has a variable that is not well formed");
  return { name, operator, operand };
}

function applied(name: string, operator: string, written: string, operand: string, lookup: Lookup): string {
  const value = lookup(name);
  const given = value !== undefined && (value !== "" || !operator.startsWith(":"));
  if (operator.endsWith("-")) return given ? value : operand;
  if (operator.endsWith("+")) return given ? operand : (value ?? "");
  if (given) return value;
  throw new TemplateError(`needs the variable ${name}${written === "" ? "" : `: ${written}`}`);
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
