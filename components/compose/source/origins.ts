/** The origins of a project's texts: the variables in them, and whether a variable file set one of them. */

import { type Filled, filledAfter, filledBy, isFromFile } from "../variables/filled";
import { type Node, type Path, textOf } from "./node";
import { shellWords } from "../variables/shell-words";
import { type Part, partsText } from "../variables/template";
import { asText } from "../model/values";

/** The origin of one text. */
export interface Origin {
  /** True if a part of it is the value of a variable from a variable file. */
  readonly isSecret: boolean;
  /** Its parts; undefined if it is an unknown part of a text. */
  readonly parts: readonly Part[] | undefined;
  /** The text of the file that it comes from. */
  readonly filled: Filled;
}

export class Origins {
  /** By path: values that only a variable file contains. */
  readonly #ofFiles = new Map<string, { readonly path: Path; readonly filled: Filled }>();

  constructor(private readonly root: Node) {}

  fromFile(path: Path, name: string, value: string): void {
    this.#ofFiles.set(JSON.stringify(path), { path, filled: filledBy(name, value, new Set([name])) });
  }

  /** The origin of a text that is, or is derived from, the value of a key; undefined without a variable. */
  of(path: Path, text: string): Origin | undefined {
    const known = this.#ofFiles.get(JSON.stringify(path));
    if (known !== undefined) return originOf(known.filled, text);
    const found = valueAt(this.root, path);
    if (found === undefined) return undefined;
    if (found.node.kind === "list") return ofItems(found.node.items, text);
    return found.filled && originOf(found.filled, text);
  }

  /** The origins of the words of a list; the key can have a single text, from which the words were split, after a prefix word. */
  ofWords(path: Path, words: readonly string[]): readonly (Origin | undefined)[] {
    const found = valueAt(this.root, path);
    if (found?.node.kind === "list") {
      const { items } = found.node;
      const before = items.length - words.length;
      return words.map((word, index) => {
        const filled = items[index + before]?.place.filled;
        return filled && originOf(filled, word);
      });
    }
    const filled = found?.filled;
    return filled === undefined ? words.map(() => undefined) : ofSplit(filled, words);
  }

  /** Every text of the files that contains a variable, once, with its path. */
  all(): { readonly path: Path; readonly filled: Filled }[] {
    const found = new Map<Filled, Path>();
    const visit = (node: Node, path: Path): void => {
      if (node.kind === "map") for (const [key, { value }] of node.entries) visit(value, [...path, key]);
      else if (node.kind === "list") node.items.forEach((item, index) => visit(item, [...path, index]));
      else if (node.place.filled !== undefined && !found.has(node.place.filled))
        found.set(node.place.filled, path);
    };
    visit(this.root, []);
    return [...this.#ofFiles.values(), ...[...found].map(([filled, path]) => ({ path, filled }))];
  }
}

function originOf(filled: Filled, text: string): Origin {
  const isWhole = partsText(filled.parts) === text;
  return { isSecret: isFromFile(filled), parts: isWhole ? filled.parts : undefined, filled };
}

/** The value at a path; a list of `KEY=value` is read as the equivalent mapping. */
function valueAt(root: Node, path: Path): { node: Node; filled: Filled | undefined } | undefined {
  let node: Node = root;
  for (const [index, step] of path.entries()) {
    if (node.kind === "scalar") return undefined;
    if (node.kind === "list" && typeof step === "string") {
      const item = node.items.findLast((each) => textOf(each)?.startsWith(`${step}=`));
      if (item === undefined || index < path.length - 1) return undefined;
      const { filled } = item.place;
      return { node: item, filled: filled && (filledAfter(filled, `${step}=`) ?? filled) };
    }
    const next: Node | undefined =
      node.kind === "map" ? node.entries.get(String(step))?.value : node.items[Number(step)];
    if (next === undefined) return undefined;
    node = next;
  }
  return { node, filled: node.kind === "scalar" ? node.place.filled : undefined };
}

/** The origin of a text that was joined from a list: `["CMD-SHELL", "curl", "$URL"]`. */
function ofItems(items: readonly Node[], text: string): Origin | undefined {
  const filled = items.flatMap(({ place }) => place.filled ?? []);
  const [first] = filled;
  if (first === undefined) return undefined;
  const fromFiles = new Set(filled.flatMap((each) => [...each.fromFiles]));
  const [, ...words] = items.map((item): readonly Part[] => {
    if (item.place.filled !== undefined) return item.place.filled.parts;
    return [item.kind === "scalar" ? asText(item.value) : ""];
  });
  const parts = words.flatMap((word, index) => (index === 0 ? word : [" ", ...word]));
  return { ...originOf({ parts, fromFiles }, text), filled: first };
}

/** The origins of the words of one text: a placeholder character replaces each variable while the text is split. */
function ofSplit(filled: Filled, words: readonly string[]): readonly (Origin | undefined)[] {
  const marked = filled.parts.map((part, index) =>
    typeof part === "string" ? part : String.fromCodePoint(MARK + index),
  );
  const split = shellWords(marked.join("")) ?? [];
  const partsOf = (word: string): Part[] =>
    [...word]
      .map((char): Part => filled.parts[(char.codePointAt(0) ?? 0) - MARK] ?? char)
      .filter((part) => part !== "");
  const parts = split.map(partsOf);
  const fits = parts.length === words.length && parts.every((each, at) => partsText(each) === words[at]);
  return words.map((_, index) => {
    if (!fits) return { isSecret: isFromFile(filled), parts: undefined, filled };
    const own = parts[index] ?? [];
    if (own.every((part) => typeof part === "string")) return undefined;
    return { isSecret: isFromFile({ ...filled, parts: own }), parts: own, filled };
  });
}

/** The start of a private-use plane of Unicode. */
const MARK = 0x100000;
