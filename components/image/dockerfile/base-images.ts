import { instructions } from "./read";

/**
 * The images that a Dockerfile builds on or copies from, each once, in order, as they are pulled. Excluded: `scratch`,
 * earlier stages, images pinned by digest, and names with a variable without a value.
 *
 * @param args - the build's values for ARG
 */
export function baseImages(text: string, args: Readonly<Record<string, string>> = {}): string[] {
  const values = new Map<string, string>();
  const stages = new Set<string>();
  const found = new Set<string>();
  let begun = false;
  for (const { name, rest } of instructions(text)) {
    // Only ARG before the first stage applies to FROM.
    if (name === "ARG" && !begun) {
      const [key = "", value] = rest.split(/=(.*)/s);
      const given = args[key] ?? (value === undefined ? undefined : value.replace(/^(["'])(.*)\1$/s, "$2"));
      if (given !== undefined) values.set(key, given);
    }
    const from = name === "COPY" ? /(?:^|\s)--from=(\S+)/.exec(rest)?.[1] : undefined;
    if (name !== "FROM" && from === undefined) continue;
    begun = true;
    const [base = "", as, stage] = rest.split(/\s+/).filter((word) => !word.startsWith("--"));
    const image = from ?? filledIn(base, values);
    if (image !== undefined && !/^(scratch|\d+)$|@/.test(image) && !stages.has(image.toLowerCase()))
      found.add(image);
    if (name === "FROM" && as?.toLowerCase() === "as" && stage !== undefined) stages.add(stage.toLowerCase());
  }
  return [...found];
}

function filledIn(word: string, values: ReadonlyMap<string, string>): string | undefined {
  const text = word.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
    // A variable without a value is kept, so that the name can be recognised.
    (all, braced?: string, otherwise?: string, bare?: string) =>
      values.get(braced ?? bare ?? "") ?? otherwise ?? all,
  );
  return text.includes("$") || text === "" ? undefined : text;
}
