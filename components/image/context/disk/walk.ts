import { readdirSync, readlinkSync, type Dirent } from "node:fs";

import type { IgnoreMatcher, MatchState } from "../../ignore/dockerignore";

/** An entry that a build can see. */
export type ContextEntryKind = "file" | "directory" | "symlink";

export interface ContextEntry {
  /** Relative to the context, with `/`. */
  readonly path: string;
  readonly kind: ContextEntryKind;
  /** The text of a symbolic link; it is never followed. */
  readonly target?: string;
}

/**
 * Walks the files that a build sends, folder by folder, in a fixed order. Ignored folders are skipped unless a `!`
 * pattern begins with their path. Sockets, named pipes and devices are skipped: a build does not copy them.
 *
 * @param root - absolute path of the context.
 * @param visit - called once per entry, parents before children.
 * @throws Error - for a folder that cannot be read and for a name that is not UTF-8.
 */
export function walkContext(
  root: string,
  matcher: IgnoreMatcher,
  visit: (entry: ContextEntry) => void,
): void {
  const walk = (folder: string, parent: MatchState | undefined): void => {
    for (const item of list(root, folder)) {
      const path = folder === "" ? item.name : `${folder}/${item.name}`;
      const { ignored, state } = matcher.match(path, parent);
      const isFolder = item.isDirectory();
      if (ignored && !(isFolder && matcher.mayReincludeBelow(path))) continue;
      if (!ignored) {
        if (item.name.includes("\ufffd")) {
          throw new Error(
            `context: names must be UTF-8, got ${JSON.stringify(path)}; rename it or add it to .dockerignore`,
          );
        }
        const kind = kindOf(item);
        if (kind === "symlink") visit({ path, kind, target: readLink(root, path) });
        else if (kind !== undefined) visit({ path, kind });
      }
      if (isFolder) walk(path, state);
    }
  };
  walk("", undefined);
}

/** Code-unit order: the same on every machine, independent of the locale. */
function byName(left: Dirent, right: Dirent): number {
  return left.name < right.name ? -1 : 1;
}

function list(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(folder === "" ? root : `${root}/${folder}`, { withFileTypes: true }).sort(byName);
  } catch (error) {
    throw unreadable(folder === "" ? root : folder, error);
  }
}

function readLink(root: string, path: string): string {
  try {
    return readlinkSync(`${root}/${path}`);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function kindOf(item: Dirent): ContextEntryKind | undefined {
  if (item.isFile()) return "file";
  if (item.isDirectory()) return "directory";
  return item.isSymbolicLink() ? "symlink" : undefined;
}

/** The error for a part of the context that cannot be read. */
export function unreadable(path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const why =
    code === "EACCES" || code === "EPERM"
      ? "permission denied; make it readable or add it to .dockerignore"
      : code === "ENOENT"
        ? "it vanished while being read; run again when nothing writes to the context"
        : `${code}; repair it or add it to .dockerignore`;
  return new Error(`context: must be readable, got ${JSON.stringify(path)}: ${why}`);
}
