/** The comments of the files, each with the argument that it is about. */

import type { Comments } from "../source/comments";
import type { Project } from "../model/model";
import type { Path } from "../source/node";
import { argumentOf, type Kind } from "../host/words";
import { Noted } from "./source";

export interface Remark {
  /** The argument; empty for the object as a whole. */
  readonly argument: Path;
  /** The key of the file, for a remark without an argument; can be empty. */
  readonly key: Path;
  readonly lines: readonly string[];
}

/** The comments of a project's files. */
export class Remarks {
  constructor(
    private readonly comments: Comments,
    private readonly model: Project,
  ) {}

  /** The comment at the top of the first file. */
  head(): readonly string[] {
    return this.comments.head();
  }

  /** The comments about one object. */
  of(kind: Kind, name: string): Remark[] {
    if (kind === "network" || kind === "volume") return this.below([`${kind}s`, name], kind);
    if (kind === "image") return this.below(["services", name, "build"], kind);
    return [...this.below(["services", name], kind), ...this.ofFiles(name)];
  }

  private below(path: Path, kind: Kind): Remark[] {
    return this.comments.below(path).map((comment) => {
      const key = named(comment.path.slice(path.length), comment.text);
      return { argument: argumentOf(kind, key), key, lines: comment.lines };
    });
  }

  /** A comment at the definition of a secret or config is repeated where it is used. */
  private ofFiles(service: string): Remark[] {
    return (["secrets", "configs"] as const).flatMap((section) =>
      (this.model.services[service]?.[section] ?? []).flatMap(({ source = "", target = source }) => {
        const argument = [section === "secrets" ? section : "files", target];
        return this.comments.below([section, source]).map(({ lines }) => ({ argument, key: [], lines }));
      }),
    );
  }
}

/** Finds an item `KEY=value` of a list by its key, as in the equivalent mapping. */
function named(path: Path, text: string | undefined): Path {
  const key = /^([^=]+)=/.exec(text ?? "")?.[1];
  return typeof path.at(-1) === "number" && key !== undefined ? [...path.slice(0, -1), key] : path;
}

/** A value with the comments at their places, and the comments without a place. */
export function withRemarks<T extends object>(
  value: T,
  remarks: readonly Remark[],
): { value: T; above: string[] } {
  const above: string[] = [];
  const at = new Map<string, string[]>();
  for (const { argument, key, lines } of remarks) {
    const there = nearest(value, argument);
    if (there.length > 0) {
      const id = JSON.stringify(there);
      at.set(id, [...(at.get(id) ?? []), ...lines]);
    } else if (key.length === 0) above.push(...lines);
    else above.push(...lines.map((line, index) => (index === 0 ? `${key.join(".")}: ${line}` : line)));
  }
  const noted = (each: unknown, path: Path): unknown => {
    const inner = path.length === 0 || isPlain(each) ? within(each, path) : each;
    const lines = at.get(JSON.stringify(path));
    return lines === undefined ? inner : new Noted(inner, lines);
  };
  const within = (each: unknown, path: Path): unknown =>
    Array.isArray(each)
      ? each.map((item, index) => noted(item, [...path, index]))
      : Object.fromEntries(
          Object.entries(each as object).map(([key, member]) => [key, noted(member, [...path, key])]),
        );
  return { value: noted(value, []) as T, above };
}

/** The part of a path that exists. */
function nearest(value: unknown, path: Path): Path {
  let at: unknown = value;
  const found: (string | number)[] = [];
  for (const step of path) {
    at = isPlain(at) ? (at as Record<string | number, unknown>)[step] : undefined;
    if (at === undefined) break;
    found.push(step);
  }
  return found;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
