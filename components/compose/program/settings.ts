/** The settings of a converted program: one for each variable of the files. */

import type { Filled } from "../variables/filled";
import { type Part, partsText, type Variable } from "../variables/template";
import { Code } from "./source";

/** One setting, and the current value of its variable. */
export interface Setting {
  readonly value: string | undefined;
  readonly isSecret: boolean;
  /** True if the program requires it. */
  readonly isRequired: boolean;
}

/** An expression. A secret is an Output, so a text that contains one is an Output too. */
interface Expression {
  readonly code: string;
  readonly isLater: boolean;
}

/** How a text is used: passed on unchanged, or known at preview time, because names or numbers depend on it. */
export type Need = "any" | "known";

/** Translates the variables in texts into expressions, and collects their settings. */
export class Settings {
  readonly #settings = new Map<string, Setting>();

  /** By name. */
  get all(): ReadonlyMap<string, Setting> {
    return this.#settings;
  }

  /** The expression for a text; `owner` distinguishes variables with the same name from different files. */
  code(parts: readonly Part[], { fromFiles }: Filled, owner: string, need: Need = "any"): Code {
    return new Code(this.#text(parts, { fromFiles, owner, need }).code);
  }

  /** The expression for a secret as a whole. */
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
    // With a colon, an empty variable counts as not set, which only matters if the variable can be empty.
    const or = operator.startsWith(":") && value === "" ? "||" : "??";
    const last = operand.length === 1 && isMixed(operand[0], or) ? `(${fallback.code})` : fallback.code;
    const code = `${this.#setting("get", name, value, owner)} ${or} ${last}`;
    return { code, isLater: fallback.isLater };
  }

  /** `${A:+other}`: the other text if the variable is set. */
  #instead({ name, operator, operand, value }: Variable, context: Context, isSecret: boolean): Expression {
    const setting = this.#setting(isSecret ? "getSecret" : "get", name, value, context.owner);
    const other = this.#text(operand, context);
    // With a colon, an empty variable counts as not set.
    const code =
      operator.startsWith(":") && !isSecret
        ? `${setting} ? ${other.code} : ""`
        : `${setting} === undefined ? "" : ${other.code}`;
    return { code, isLater: other.isLater };
  }

  /** If two variables have the same name, the second setting gets the owner's name as a prefix. */
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

/** True if the expression needs parentheses next to an operator: `?:`, and `||` next to `??`. */
function isMixed(part: Part | undefined, operator: string): boolean {
  if (typeof part !== "object") return false;
  return part.operator.endsWith("+") || operator === "||" || part.value === "";
}

interface Context {
  readonly fromFiles: ReadonlySet<string>;
  readonly owner: string;
  readonly need: Need;
}
