/** The word that was meant. */

import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` where a known word is near enough to be a slip of the hand, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const fold = (text: string): string => text.toLowerCase();
  const part = word.length >= 3 ? partOf(fold(word), known, fold) : undefined;
  const best = part ?? closest(word, known);
  const near = part !== undefined || distance(fold(word), fold(best)) <= slips(word);
  return near ? `; did you mean "${best}"?` : "";
}

/** So many letters may differ; of a short word, most must be right. */
function slips({ length }: string): number {
  return Math.min(Math.max(2, Math.floor(length / 3)), Math.floor(length / 2));
}

/** The word that begins with another, else the only one that ends with it after a dash or an underscore. */
function partOf(word: string, known: readonly string[], fold: (text: string) => string): string | undefined {
  const ends = known.filter((each) => fold(each).endsWith(`_${word}`) || fold(each).endsWith(`-${word}`));
  return known.find((each) => fold(each).startsWith(word)) ?? (ends.length === 1 ? ends[0] : undefined);
}
