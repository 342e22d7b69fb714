/** The content of a build in a preview: a short checksum per file, so that the preview shows which one changed. */

import { createHash } from "node:crypto";

/** A part of a build's content with a readable name: a path, or an option such as `--target`. */
export interface ContextPart {
  readonly name: string;
  /** A short text that changes when the part does. */
  readonly sum: string;
}

/** The maximum number of parts in a preview. */
const MOST = 200;

/**
 * The parts by name. Too many files are grouped by folder, as deep as possible: the checksum of `src/` changes when
 * anything below it does.
 */
export function partsByName(
  files: readonly ContextPart[],
  options: readonly ContextPart[],
): Record<string, string> {
  const parts = files.length <= MOST ? files : byFolder(files);
  return Object.fromEntries([...options, ...parts].map(({ name, sum }) => [name, sum]));
}

/** As long as the hash in the name of an image. */
export function shortSum(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}

function byFolder(files: readonly ContextPart[]): ContextPart[] {
  const deepest = Math.max(...files.map(({ name }) => name.split("/").length)) - 1;
  for (let depth = deepest; depth > 0; depth--) {
    const folded = fold(files, depth);
    if (folded.length <= MOST) return folded;
  }
  return fold(files, 0);
}

/** Groups everything below `depth` folders as the folder at that depth. */
function fold(files: readonly ContextPart[], depth: number): ContextPart[] {
  const groups = new Map<string, ContextPart[]>();
  for (const file of files) {
    const folders = file.name.split("/").slice(0, -1);
    const name = folders.length < depth ? file.name : `${folders.slice(0, depth).join("/") || "."}/`;
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  return [...groups].map(([name, members]) => {
    const [only] = members;
    // A file that is not grouped keeps its own checksum.
    return only?.name === name ? only : { name, sum: shortSum(JSON.stringify(members)) };
  });
}
