/** Splits a command that is written as text the way Compose does: quotes and backslashes, but no shell and no variables. */

/** The words; undefined where a quote or a bracket does not end. */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word = "";
  let begun = false;
  let escaped = false;
  /** What must come for the part that is open to end: a quote, a backtick, or the bracket of `$(`. */
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
      // A shell would begin another command here, which Compose has no shell for: it takes what came before.
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
