/** Replaces texts with variables by expressions, and collects those for which that is not possible. */

import { resolve } from "node:path";

import type { Filled } from "../variables/filled";
import type { Path } from "../source/node";
import type { Origin, Origins } from "../source/origins";
import { type Part, partsText } from "../variables/template";
import { KNOWN, traced } from "../host/traced";
import type { Kind } from "../host/words";
import type { Code } from "./source";
import { Settings } from "./settings";

export class Carry {
  readonly settings = new Settings();
  readonly #carried = new Set<Filled>();

  /** Without origins, every text is written as it is. */
  constructor(private readonly origins: Origins | undefined) {}

  /** The arguments, their texts replaced by expressions. */
  args<T extends object>(kind: Kind, args: T, at: Path): T {
    if (this.origins === undefined) return args;
    const owner = String(at[1] ?? "");
    // The arguments of a build determine the name of the image.
    const handedOn =
      kind === "image"
        ? args
        : traced(kind, args, at, this.origins, (text, origin) => this.#text(text, origin, owner));
    return traced(
      kind,
      handedOn,
      at,
      this.origins,
      (text, origin) => this.#known(text, origin, owner),
      KNOWN,
    );
  }

  /** The expression for a text that is passed on unchanged. */
  text(path: Path, text: string): unknown {
    const origin = this.origins?.of(path, text);
    return origin === undefined ? text : this.#text(text, origin, String(path[1] ?? ""));
  }

  /** The same for a text that must be known at preview time. */
  known(path: Path, text: string): Code | undefined {
    const origin = this.origins?.of(path, text);
    const code = origin && this.#known(text, origin, String(path[1] ?? ""));
    return typeof code === "string" ? undefined : code;
  }

  /** The expression for a field of a short syntax, such as each part of `HOST:CONTAINER`; `means` identifies the field. */
  field(path: Path, means: (field: string) => boolean): Code | undefined {
    const filled = this.origins?.of(path, "")?.filled;
    if (filled === undefined) return undefined;
    const found = fieldsOf(filled.parts).find(
      (parts) => parts.some((part) => typeof part === "object") && means(partsText(parts)),
    );
    if (found === undefined) return undefined;
    this.#carried.add(filled);
    return this.settings.code(
      found.filter((part) => part !== ""),
      filled,
      String(path[1] ?? ""),
      "known",
    );
  }

  /** A local path that was resolved against a folder. */
  path(path: Path, absolute: string, folder: string): Code | undefined {
    return this.field(path, (field) => resolve(folder, field) === absolute && !field.startsWith("~"));
  }

  /** Texts that are written with their current value, although they contain a variable. */
  frozen(): { readonly path: Path; readonly names: readonly string[] }[] {
    return (this.origins?.all() ?? [])
      .filter(({ filled }) => !this.#carried.has(filled))
      .map(({ path, filled }) => ({ path, names: namesIn(filled.parts) }))
      .filter(({ names }) => names.length > 0);
  }

  #text(text: string, { parts, filled, isSecret }: Origin, owner: string): unknown {
    if (parts !== undefined) {
      this.#carried.add(filled);
      return this.settings.code(parts, filled, owner);
    }
    if (!isSecret) return text;
    this.#carried.add(filled);
    return this.settings.secret(namesIn(filled.parts).join("_"), text, owner);
  }

  #known(text: string, { parts, filled }: Origin, owner: string): Code | string {
    if (parts === undefined) return text;
    this.#carried.add(filled);
    return this.settings.code(parts, filled, owner, "known");
  }
}

/** Splits a text at its literal colons. */
function fieldsOf(parts: readonly Part[]): Part[][] {
  return parts.reduce<Part[][]>(
    (fields, part) => {
      const last = fields.at(-1) ?? [];
      if (typeof part !== "string") return [...fields.slice(0, -1), [...last, part]];
      const [first = "", ...more] = part.split(":");
      return [...fields.slice(0, -1), [...last, first], ...more.map((each) => [each])];
    },
    [[]],
  );
}

function namesIn(parts: readonly Part[]): string[] {
  const names = parts.flatMap((part) =>
    typeof part === "string" ? [] : [part.name, ...namesIn(part.operand)],
  );
  return [...new Set(names)].filter((name) => !name.startsWith("COMPOSE_"));
}
