/** Suggests the intended word. */

import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` if a known word is close enough to be a typo; otherwise empty. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const fold = (text: string): string => text.toLowerCase();
  const part = word.length >= 3 ? partOf(fold(word), known, fold) : undefined;
  const best = part ?? closest(word, known);
  const near = part !== undefined || distance(fold(word), fold(best)) <= slips(word);
  return near ? `; did you mean "${best}"?` : "";
}

/** The maximum number of different letters; fewer in a short word. */
function slips({ length }: string): number {
  return Math.min(Math.max(2, Math.floor(length / 3)), Math.floor(length / 2));
}

/** The word with this prefix, otherwise the only one with this suffix after a dash or an underscore. */
function partOf(word: string, known: readonly string[], fold: (text: string) => string): string | undefined {
  const ends = known.filter((each) => fold(each).endsWith(`_${word}`) || fold(each).endsWith(`-${word}`));
  return known.find((each) => fold(each).startsWith(word)) ?? (ends.length === 1 ? ends[0] : undefined);
}
