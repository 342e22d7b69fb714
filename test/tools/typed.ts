/** What the command makes of words, in this process. */

import { readCommand } from "../../components/cli/commands";

/** The request of a command with its name as `kind`, the usage of a help, or why the words are not taken. */
export async function typed(
  words: readonly string[],
): Promise<{ readonly kind: string; readonly why?: string }> {
  const reading = await readCommand(words);
  if (reading.kind === "command") return { kind: reading.name, ...(reading.request as object) };
  return reading.kind === "wrong" ? { kind: "wrong", why: reading.why } : reading;
}
