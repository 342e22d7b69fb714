/** The word that was meant. */

import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` where a known word is near enough to be a slip of the hand, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const fold = (text: string): string => text.toLowerCase();
  const prefix = known.find((each) => fold(each).startsWith(fold(word)) && word.length >= 3);
  const best = prefix ?? closest(word, known);
  const near =
    prefix !== undefined || distance(fold(word), fold(best)) <= Math.max(2, Math.floor(word.length / 3));
  return near ? `; did you mean "${best}"?` : "";
}
