/**
 * A key of a Compose file, with everything about it in one place. The tables of keys are trees of such keys;
 * schema, model, decoders, the passes of the loader and the lists of the docs are derived from them.
 */

import type { Findings } from "../../source/faults";
import type { Node, Path, Plain } from "../../source/node";
import type { Folders } from "../../source/paths";
import type { Rewrite } from "../../source/patterns";
import type { Remark } from "./limit";
import type { Merge } from "./merging";
import * as read from "./read";
import type { Decoder } from "./read";
import * as shapes from "./shape";
import { isMapping, type Shape } from "./shape";
import type { KeyOf } from "./unique";

/** The type of a value from a variable. */
export type Cast = "whole" | "number" | "single" | "truth";

/** The aspects of a key besides its shape and its value. */
export interface Aspects {
  readonly cast?: Cast;
  /** Turns the short syntax into the long one. */
  readonly long?: Rewrite<[Findings]>;
  /** How a later file changes it. @defaultValue mappings are merged, lists are appended, the rest is replaced */
  readonly merge?: Merge;
  /** The identity of a list item: of equal items the last one counts. */
  readonly unique?: KeyOf;
  /** Makes its path absolute. */
  readonly path?: Rewrite<[Folders, Findings]>;
  /** Adds the defaults that Compose fills in. */
  readonly fill?: Rewrite;
  /** A rule beyond its shape, checked after all files are merged. */
  readonly rule?: (node: Node, path: Path, findings: Findings) => void;
  /** Support on a plain Docker host. @defaultValue it is supported */
  readonly host?: Remark | readonly Remark[];
  /** Support on a Swarm. @defaultValue the same as on a plain host */
  readonly swarm?: Remark | readonly Remark[] | "supported";
}

export interface Key<T = unknown> extends Aspects {
  readonly shape: Shape;
  /** Undefined for what is not part of the model. */
  readonly decode?: Decoder<T>;
  /** The keys below it; `*` is any name, or any item of a list. */
  readonly below?: Fields;
}

/** A key that the model always has. */
export interface Always<T = unknown> extends Key<T> {
  readonly fallback: T;
}

/** In the order in which Compose prints them. */
export type Fields = Readonly<Record<string, Key>>;

export type ValueOf<K> = K extends Key<infer T> ? T : never;

/** The value of a mapping with these keys. */
export type Model<F> = {
  readonly [
    K in keyof F as F[K] extends Always ? never : [ValueOf<F[K]>] extends [never] ? never : K
  ]?: ValueOf<F[K]>;
} & { readonly [K in keyof F as F[K] extends Always ? K : never]: ValueOf<F[K]> };

/** The key with further aspects. */
export const key = <K extends Key>(of: K, aspects: Aspects): K => ({ ...of, ...aspects });

/** The key with further aspects of each of its values. */
export const each = <K extends Key>(of: K, aspects: Aspects): K => ({
  ...of,
  below: { "*": key(text, aspects) },
});

/** A value without nested keys. */
export const leaf = <T>(shape: Shape, decode: Decoder<T>, aspects: Aspects = {}): Key<T> => ({
  shape,
  decode,
  ...aspects,
});

/** A key that only the loader uses: it is not printed. */
export const unprinted = (of: Key): Key<never> => ({ ...of, decode: undefined });

/** The key with a different value type. */
export const decoded = <T>(of: Key, decode: Decoder<T>): Key<T> => ({ ...of, decode });

export const always = <T, U extends T | null>(of: Key<T>, fallback: U): Always<T | Extract<U, null>> =>
  ({ ...of, fallback }) as Always<T | Extract<U, null>>;

export interface Mapping<T> extends Key<T> {
  readonly kind: "map";
  readonly required?: readonly string[];
}
export interface List<T> extends Key<T> {
  readonly kind: "list";
}

export function record<F extends Fields>(fields: F, options?: shapes.RecordOptions): Mapping<Model<F>> {
  const entries = Object.entries(fields);
  const decode = (value: Plain, path: Path, report: shapes.Report): Model<F> | undefined => {
    if (!isMapping(value)) return undefined;
    const result: Record<string, unknown> = {};
    for (const [name, field] of entries) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      const known = given === undefined || given === null;
      const found = known ? undefined : field.decode?.(given, [...path, name], report);
      const or = found ?? ("fallback" in field ? field.fallback : undefined);
      if (or !== undefined) result[name] = or;
    }
    return result as Model<F>;
  };
  const { required = [] } = options ?? {};
  return { kind: "map", required, shape: shapes.record(fields, options), decode, below: fields };
}

const nowhere: Decoder<never> = () => undefined;

export const mapOf = <T>(of: Key<T>, names?: RegExp): Mapping<Readonly<Record<string, T>>> => ({
  kind: "map",
  shape: shapes.mapOf(of.shape, names),
  decode: read.mapOf(of.decode ?? nowhere),
  below: { "*": of },
});

export const listOf = <T>(of: Key<T>): List<readonly T[]> => ({
  kind: "list",
  shape: shapes.listOf(of.shape),
  decode: read.listOf(of.decode ?? nowhere),
  below: { "*": of },
});

/** A list without duplicates. */
export const setOf = <T>(of: Key<T>): List<readonly T[]> => ({
  ...listOf(of),
  shape: shapes.setOf(of.shape),
});

/** A key with a short syntax, which `long` converts. */
export const short = <T>(
  forms: Parameters<typeof shapes.either>[0],
  of: Mapping<T> | List<T>,
  aspects: Aspects = {},
): Key<T> => ({ ...of, shape: shapes.either({ ...forms, [of.kind]: of.shape }), ...aspects });

/** A mapping that can be empty. */
export const orNull = <T>(of: Mapping<T>): Key<T> => short({ null: shapes.nothing }, of);

/** The same, kept in the model. */
export const orNothing = <T>(of: Mapping<T>): Key<T | null> =>
  decoded<T | null>(orNull(of), (value, path, report) => of.decode?.(value, path, report) ?? null);

export const text = leaf(shapes.text, read.text);
export const truth = leaf(shapes.truth, read.truth);
export const flag = leaf(shapes.truth, read.flag);
export const texts = leaf(shapes.setOf(shapes.text), read.texts);
export const pairs = leaf(shapes.pairs, read.pairs);
export const variables = leaf(shapes.pairs, read.variables);
export const duration = leaf(shapes.text, read.duration);
export const command = leaf(shapes.command, read.command);
