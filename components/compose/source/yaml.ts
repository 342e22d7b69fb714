/**
 * Parses YAML text into a tree: merge keys, anchors, `!reset` and `!override`, several documents per file, and the
 * place of every value.
 */

import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  Scalar as YamlScalar,
  type YAMLMap,
} from "yaml";

import type { Findings } from "./faults";
import { type Entry, list, type MapNode, type Node, type Path, type Place, scalar } from "./node";
import { resolvePlain } from "./scalars";

export interface ComposeDocument {
  /** Undefined for an empty document. */
  readonly root: Node | undefined;
  /** What `!reset` and `!override` remove from the previous files. */
  readonly replaced: readonly Path[];
}

/** Limit of values from aliases: a few lines of nested aliases would exhaust the memory. */
const MOST_VALUES = 250_000;

/** Limit of the file size: no one writes larger files by hand, and reading one could exhaust the memory. */
const LONGEST = 8 * 2 ** 20;

/** The maximum nesting of lists and mappings: each level is a function call. */
const DEEPEST = 100;

export function parseYaml(file: string, text: string, findings: Findings): ComposeDocument[] {
  const start: Place = { file, line: 1, column: 1 };
  if (text.length > LONGEST) {
    findings.fault(start, [], "is larger than the limit of 8 MiB; check that it is the right file");
    return [];
  }
  try {
    return parsed(file, text, findings);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.fault(start, [], TOO_DEEP);
    return [];
  }
}

const TOO_DEEP = `has lists and mappings nested more than ${String(DEEPEST)} levels deep`;

function parsed(file: string, text: string, findings: Findings): ComposeDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    // Every scalar stays text; scalars.ts determines its value.
    schema: "failsafe",
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
  }) as Document.Parsed[];
  return documents.map((document) => {
    const placeAt = (offset: number): Place => {
      const { line, col } = lines.linePos(offset);
      return { file, line, column: col };
    };
    const told = new Set<string>();
    for (const { message, pos } of document.errors) {
      const isTooDeep = /maximum call stack/i.test(message);
      const text = isTooDeep ? TOO_DEEP : faultText(message);
      // An unclosed bracket is reported only once.
      const place = placeAt(pos[0]);
      const known = `${String(place.line)} ${text}`;
      if (!told.has(TOO_DEEP) && !told.has(known)) findings.fault(place, [], text);
      told.add(isTooDeep ? TOO_DEEP : known);
    }
    if (document.errors.length > 0 || document.contents === null) return { root: undefined, replaced: [] };
    const reader = new Reader(placeAt, findings);
    const root = reader.read(document.contents, []);
    return { root: reader.isTooLarge ? undefined : root, replaced: reader.replaced };
  });
}

function faultText(message: string): string {
  const text = message.charAt(0).toLowerCase() + message.slice(1);
  return `this is not valid YAML: ${text.replace(/\.$/, "")}`;
}

const MERGE = "<<";

/** Without quotes, or with its tag, which makes the parser read it as a symbol. */
function isMergeKey({ value, type, tag }: YamlScalar.Parsed): boolean {
  if (tag === "tag:yaml.org,2002:merge") return typeof value === "symbol" || value === MERGE;
  return value === MERGE && type === YamlScalar.PLAIN;
}

class Reader {
  readonly replaced: Path[] = [];
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #open = new Set<ParsedNode>();
  #values = 0;

  constructor(
    private readonly placeAt: (offset: number) => Place,
    private readonly findings: Findings,
  ) {}

  get isTooLarge(): boolean {
    return this.#values >= MOST_VALUES;
  }

  /** The tree below a node; undefined for values removed by `!reset`, and for faults. */
  read(node: ParsedNode, path: Path): Node | undefined {
    const place = this.placeAt(node.range[0]);
    this.#values += 1;
    if (this.#values === MOST_VALUES)
      this.findings.fault(place, path, "the aliases expand to more than 250,000 values");
    if (path.length > DEEPEST && this.#values < MOST_VALUES) {
      this.findings.fault(place, path.slice(0, 3), TOO_DEEP);
      this.#values = MOST_VALUES;
    }
    if (this.isTooLarge) return undefined;
    if (isAlias(node)) return this.#alias(node, path, place);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (node.tag === "!reset" || node.tag === "!override") this.replaced.push(path);
    if (node.tag === "!reset") return undefined;
    this.#open.add(node);
    const read = this.#content(node, path, place);
    this.#open.delete(node);
    return read;
  }

  #content(node: Exclude<ParsedNode, Alias.Parsed>, path: Path, place: Place): Node | undefined {
    if (isScalar(node)) {
      const text = String(node.value);
      const asWritten =
        node.type !== YamlScalar.PLAIN || node.tag === "tag:yaml.org,2002:str" || node.tag === "!override";
      return scalar(asWritten ? text : resolvePlain(text), place);
    }
    if (isSeq(node)) {
      const items = node.items.flatMap((item, index) => this.read(item, [...path, index]) ?? []);
      return list(items, place);
    }
    return this.#mapping(node, path, place);
  }

  #alias(node: Alias.Parsed, path: Path, place: Place): Node | undefined {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      this.findings.fault(place, path, `there is no anchor &${node.source} before *${node.source}`);
      return undefined;
    }
    if (this.#open.has(target)) {
      this.findings.fault(place, path, `*${node.source} is inside &${node.source}: it would never end`);
      return undefined;
    }
    return this.read(target, path);
  }

  #mapping(node: YAMLMap.Parsed, path: Path, place: Place): MapNode {
    const entries = new Map<string, Entry>();
    const merged: { value: ParsedNode; place: Place }[] = [];
    const seen = new Map<string, Place>();
    for (const { key, value } of node.items) {
      const keyPlace = this.placeAt(key.range[0]);
      if (!isScalar(key)) {
        this.findings.fault(keyPlace, path, "a key must be text");
        continue;
      }
      const isMerge = isMergeKey(key);
      const name = isMerge ? MERGE : String(key.value);
      const former = seen.get(name);
      if (former !== undefined) {
        this.findings.fault(keyPlace, [...path, name], `is a duplicate of line ${String(former.line)}`);
        continue;
      }
      seen.set(name, keyPlace);
      if (isMerge) {
        if (value !== null) merged.push({ value, place: keyPlace });
        continue;
      }
      const read = value === null ? scalar(null, keyPlace) : this.read(value, [...path, name]);
      if (read !== undefined) entries.set(name, { place: keyPlace, value: read });
    }
    for (const { value, place: at } of merged) this.#merge(entries, value, path, at);
    return { kind: "map", entries, place };
  }

  /** A merge key adds the keys that the mapping does not have; of several merge keys, the first one has precedence. */
  #merge(entries: Map<string, Entry>, value: ParsedNode, path: Path, place: Place): void {
    const sources = isSeq(value) ? value.items : [value];
    for (const source of sources) {
      const read = this.read(source, path);
      if (read?.kind === "map") {
        for (const [key, entry] of read.entries) if (!entries.has(key)) entries.set(key, entry);
      } else if (read !== undefined)
        this.findings.fault(
          place,
          [...path, MERGE],
          "must name a mapping, or a list of mappings, by its anchor",
        );
    }
  }
}
