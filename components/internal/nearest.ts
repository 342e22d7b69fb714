/** The word that was meant. */

import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` where a known word is near enough to be a slip of the hand, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const fold = (text: string): string => text.toLowerCase();
  const part = known.find((each) => word.length >= 3 && isPart(fold(each), fold(word)));
  const best = part ?? closest(word, known);
  const near =
    part !== undefined || distance(fold(word), fold(best)) <= Math.max(2, Math.floor(word.length / 3));
  return near ? `; did you mean "${best}"?` : "";
}

/** What a longer word begins with, or ends with after a dash or an underscore. */
function isPart(whole: string, word: string): boolean {
  return whole.startsWith(word) || whole.endsWith(`_${word}`) || whole.endsWith(`-${word}`);
}
