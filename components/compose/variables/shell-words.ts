/** Splits a command text like Compose: with quotes and backslashes, but without a shell and variables. */

/** The words; undefined if a quote or a bracket is not closed. */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word = "";
  let begun = false;
  let escaped = false;
  /** The closing character of the open part: a quote, a backtick, or the bracket of `$(`. */
  let until: string | undefined;
  for (const char of line) {
    if (escaped) {
      word += char;
      begun = true;
      escaped = false;
    } else if (char === "\\" && until !== "'") escaped = true;
    else if (/[ \t\r\n]/.test(char)) {
      if (until !== undefined) word += char;
      else if (begun) {
        words.push(word);
        word = "";
        begun = false;
      }
    } else if (char === until && (char === '"' || char === "'")) {
      until = undefined;
      begun = true;
    } else if (until === undefined && (char === '"' || char === "'")) until = char;
    else if (until === undefined && /[;&|<>]/.test(char)) {
      // A shell would start another command here; Compose uses only the words before it.
      if (char === ">" && /^\d/.test(word)) begun = false;
      break;
    } else {
      if (char === "(" && until === undefined) {
        if (!word.endsWith("$")) return undefined;
        until = ")";
      } else if (char === ")" && until === undefined) until = ")";
      else if (char === "`" && until === undefined) until = "`";
      else if (char === until) until = undefined;
      word += char;
      begun = true;
    }
  }
  if (escaped || until !== undefined) return undefined;
  return begun ? [...words, word] : words;
}
