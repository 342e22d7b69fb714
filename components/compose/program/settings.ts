/** The settings of a converted program: one for each variable of the files. */

import type { Filled } from "../variables/filled";
import { type Part, partsText, type Variable } from "../variables/template";
import { Code } from "./source";

/** One setting, and the value that the variable has today. */
export interface Setting {
  readonly value: string | undefined;
  readonly isSecret: boolean;
  /** True where the program does not run without it. */
  readonly isRequired: boolean;
}

/** An expression; a secret is known only later, so text that holds one is put together later too. */
interface Expression {
  readonly code: string;
  readonly isLater: boolean;
}

/** How a text is needed: handed on as it is, or known when the program runs, because it decides about names and numbers. */
export type Need = "any" | "known";

/** Turns the variables of texts into expressions, and keeps what has to be set for these. */
export class Settings {
  readonly #settings = new Map<string, Setting>();

  /** By name. */
  get all(): ReadonlyMap<string, Setting> {
    return this.#settings;
  }

  /** The expression for a text; `owner` tells a variable of one file from that of another file. */
  code(parts: readonly Part[], { fromFiles }: Filled, owner: string, need: Need = "any"): Code {
    return new Code(this.#text(parts, { fromFiles, owner, need }).code);
  }

  /** A secret of which no part has a name. */
  secret(name: string, value: string | undefined, owner: string): Code {
    return new Code(this.#setting("requireSecret", name, value, owner));
  }

  #text(parts: readonly Part[], context: Context): Expression {
    const [only] = parts;
    if (parts.every((part) => typeof part === "string"))
      return { code: JSON.stringify(partsText(parts)), isLater: false };
    if (parts.length === 1 && typeof only === "object") return this.#variable(only, context);
    const pieces = parts.map((part): Expression =>
      typeof part === "string"
        ? { code: part.replace(/[\\`]|\$(?=\{)/g, "\\$&"), isLater: false }
        : inBraces(this.#variable(part, context)),
    );
    const isLater = pieces.some((piece) => piece.isLater);
    const code = pieces.map((piece) => piece.code).join("");
    return { code: `${isLater ? "pulumi.interpolate" : ""}\`${code}\``, isLater };
  }

  #variable(variable: Variable, context: Context): Expression {
    const { name, operator, operand, value } = variable;
    const { fromFiles, owner, need } = context;
    // Variables that Compose itself sets are not settings.
    if (name.startsWith("COMPOSE_")) return { code: JSON.stringify(value ?? ""), isLater: false };
    const isSecret = fromFiles.has(name);
    if (operator.endsWith("+")) return this.#instead(variable, context, isSecret);
    if (isSecret && need === "any")
      return { code: this.#setting("requireSecret", name, value, owner), isLater: true };
    const fallback: Expression | undefined = operator.endsWith("-")
      ? this.#text(operand, context)
      : value === undefined
        ? { code: '""', isLater: false }
        : undefined;
    if (isSecret || fallback === undefined)
      return { code: this.#setting("require", name, value, owner), isLater: false };
    // With a colon, an empty one counts as none: only where there is such a one does that make a difference.
    const or = operator.startsWith(":") && value === "" ? "||" : "??";
    const last = operand.length === 1 && isMixed(operand[0], or) ? `(${fallback.code})` : fallback.code;
    const code = `${this.#setting("get", name, value, owner)} ${or} ${last}`;
    return { code, isLater: fallback.isLater };
  }

  /** `${A:+other}`: other text where the variable is set. */
  #instead({ name, operator, operand, value }: Variable, context: Context, isSecret: boolean): Expression {
    const setting = this.#setting(isSecret ? "getSecret" : "get", name, value, context.owner);
    const other = this.#text(operand, context);
    // With a colon, an empty one counts as none.
    const code =
      operator.startsWith(":") && !isSecret
        ? `${setting} ? ${other.code} : ""`
        : `${setting} === undefined ? "" : ${other.code}`;
    return { code, isLater: other.isLater };
  }

  /** Of two values of one name, the second has its owner's name before it. */
  #setting(
    method: "get" | "getSecret" | "require" | "requireSecret",
    name: string,
    value: string | undefined,
    owner: string,
  ): string {
    const former = this.#settings.get(name);
    const key = former === undefined || former.value === value ? name : `${owner}_${name}`;
    const known = this.#settings.get(key);
    this.#settings.set(key, {
      value,
      isSecret: known?.isSecret === true || method.endsWith("Secret"),
      isRequired: known?.isRequired === true || method.startsWith("require"),
    });
    return `config.${method}(${JSON.stringify(key)})`;
  }
}

const inBraces = ({ code, isLater }: Expression): Expression => ({ code: `\${${code}}`, isLater });

/** True for an expression that must stand in brackets beside an operator: `?:`, and `||` beside `??`. */
function isMixed(part: Part | undefined, operator: string): boolean {
  if (typeof part !== "object") return false;
  return part.operator.endsWith("+") || operator === "||" || part.value === "";
}

interface Context {
  readonly fromFiles: ReadonlySet<string>;
  readonly owner: string;
  readonly need: Need;
}
