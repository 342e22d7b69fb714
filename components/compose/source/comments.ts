/** The comments of a project's files, found by the lines of the values. Only `convert` uses them. */

import { Lexer } from "yaml";

import { locate, type Node, type Path, type Place, textOf } from "./node";

export interface Comment {
  readonly path: Path;
  /** One line each. */
  readonly lines: readonly string[];
  /** The value that it is about, if that is a single text. */
  readonly text: string | undefined;
}

/** Each comment is returned once, also if an anchor repeats its value. */
export class Comments {
  readonly #files = new Map<string, CommentLines>();

  constructor(
    private readonly root: Node,
    /** The name of the first file. */
    private readonly first: string,
    /** The text of a file, by its name in a place. */
    private readonly read: (file: string) => string,
  ) {}

  /** The comment at the top of the first file. */
  head(): readonly string[] {
    return this.#of(this.first).from(1);
  }

  /** The comments at a path and below it; empty if the path does not exist. */
  below(path: Path): Comment[] {
    const { place, node } = locate(this.root, path);
    if (node === undefined) return [];
    const found: Comment[] = [];
    const visit = (at: Path, where: Place, within: Node): void => {
      const lines = this.#at(where, at.at(-1));
      if (lines.length > 0) found.push({ path: at, lines, text: textOf(within) });
      if (within.kind === "map")
        for (const [key, { place: there, value }] of within.entries) visit([...at, key], there, value);
      if (within.kind === "list")
        within.items.forEach((item, index) => visit([...at, index], item.place, item));
    };
    visit(path, place, node);
    return found;
  }

  #at(place: Place, step: Path[number] | undefined): readonly string[] {
    const file = this.#of(place.file);
    // An implicit value has the place of another one.
    const own = typeof step === "string" && !file.says(place, step) ? [] : file.at(place);
    return own.length > 0 || place.over === undefined ? own : this.#at(place.over, step);
  }

  #of(file: string): CommentLines {
    const known = this.#files.get(file) ?? new CommentLines(this.read(file));
    this.#files.set(file, known);
    return known;
  }
}

interface CommentLine {
  readonly text: string;
  readonly column: number;
  /** True if the comment is alone on its line. */
  readonly isAlone: boolean;
}

/** The text that can precede the first value of a line. */
const BEFORE_A_VALUE = /^\s*(?:[-?] +)*(?:[&!]\S* +)*$/;

class CommentLines {
  private readonly byLine: Map<number, CommentLine>;
  private readonly lines: readonly string[];

  constructor(text: string) {
    this.byLine = commentLines(text);
    this.lines = text.split("\n");
  }

  /** The consecutive comment lines from this one on. */
  from(line: number): string[] {
    const found: string[] = [];
    for (let at = line; this.byLine.get(at)?.isAlone === true; at += 1) found.push(...this.#take(at));
    return found;
  }

  /** True if there is a key at a place. */
  says({ line, column }: Place, key: string): boolean {
    const rest = (this.lines[line - 1] ?? "").slice(column - 1);
    return [key, `"${key}"`, `'${key}'`].some((word) => rest.startsWith(word));
  }

  /** The comments above a value and at the end of its line; with several values on a line, the first one gets them. */
  at({ line, column }: Place): string[] {
    const before = (this.lines[line - 1] ?? "").slice(0, column - 1);
    if (!BEFORE_A_VALUE.test(before)) return [];
    let first = line;
    // A comment with deeper indentation belongs to the item above it.
    const belongs = (above: CommentLine | undefined): boolean =>
      above?.isAlone === true && above.column <= column;
    while (belongs(this.byLine.get(first - 1))) first -= 1;
    const all = Array.from({ length: line - first + 1 }, (_, index) => first + index);
    return all.flatMap((at) => this.#take(at));
  }

  #take(line: number): string[] {
    const comment = this.byLine.get(line);
    this.byLine.delete(line);
    return comment === undefined ? [] : [comment.text];
  }
}

/** The control tokens of the lexer: start of a document, end of flow, start of a scalar, byte order mark. */
const TEXT_FOLLOWS = "\u001f";
const MARKS = ["\u0002", "\u0018", TEXT_FOLLOWS, "\ufeff"];

/** Uses the lexer, because only that distinguishes a comment from a `#` within a text. */
function commentLines(text: string): Map<number, CommentLine> {
  const found = new Map<number, CommentLine>();
  let line = 1;
  let column = 1;
  let isText = false;
  let isAlone = true;
  for (const lexeme of new Lexer().lex(text)) {
    const isMark = MARKS.includes(lexeme);
    if (lexeme.startsWith("#") && !isText) found.set(line, { text: oneLine(lexeme), column, isAlone });
    if (!isMark && lexeme.trim() !== "") isAlone = false;
    isText = lexeme === TEXT_FOLLOWS;
    if (isMark) continue;
    const breaks = lexeme.split("\n");
    if (breaks.length > 1) {
      line += breaks.length - 1;
      isAlone = (breaks.at(-1) ?? "").trim() === "";
      column = 1;
    }
    column += (breaks.at(-1) ?? "").length;
  }
  return found;
}

const oneLine = (comment: string): string =>
  comment
    .replace(/^#+ ?/, "")
    .replaceAll(/[\r\u2028\u2029]/g, " ")
    .trimEnd();
