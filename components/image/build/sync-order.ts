/** Which files of a context BuildKit wants, and in which order. */

/** Folders before their content, names by their bytes: BuildKit refuses any other order. */
export function inSyncOrder<T extends { readonly path: string }>(entries: readonly T[]): T[] {
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.path.replaceAll("/", "\0")) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
}

/** The folders above a path, outermost first. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/**
 * Whether BuildKit wants a path: it names the paths that the Dockerfile copies. Patterns and other signs make it want all, and so
 * do symbolic links on the way, because what they point to belongs to it.
 *
 * @param wanted as BuildKit names them; none for all
 */
export function wantedPaths(
  wanted: readonly string[],
  isLink: (path: string) => boolean,
): (path: string) => boolean {
  const paths = wanted.map((path) => path.replace(/^\/+|\/+$/g, ""));
  const all =
    paths.length === 0 ||
    paths.some(
      (path) =>
        path === "" ||
        path === "." ||
        !/^[\w./@+=,: -]+$/.test(path) ||
        /(^|\/)\.{1,2}(\/|$)/.test(path) ||
        [...foldersAbove(path), path].some(isLink),
    );
  if (all) return () => true;
  const above = new Set(paths.flatMap(foldersAbove));
  return (path) => above.has(path) || paths.some((each) => path === each || path.startsWith(`${each}/`));
}
