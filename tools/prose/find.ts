/** Finds the phrases of the table in a text. */

import { type Phrase, phrases } from "./phrases";

export interface Found {
  /** From 1. */
  readonly line: number;
  /** As it is written, on one line. */
  readonly phrase: string;
  readonly instead: string;
}

/** A blank of a phrase: also the end of a line of a comment, with the sign that begins the next one. */
const BLANK = "(?:[ \\t]+|[ \\t]*\\n[ \\t]*(?:\\*(?!/)|//|#|>)?[ \\t]*)";

const known = phrases.map(([pattern, instead]: Phrase) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${pattern.trim().replaceAll(" ", BLANK)})(?![\\w-])`, "gi"),
  instead,
}));

export function findPhrases(text: string): Found[] {
  return known
    .flatMap(({ pattern, instead }) =>
      [...text.matchAll(pattern)].map((match) => ({
        line: text.slice(0, match.index).split("\n").length,
        phrase: match[0].replace(/\s+(?:\*|\/\/|#|>)?\s*/g, " "),
        instead,
      })),
    )
    .sort((one, other) => one.line - other.line);
}
