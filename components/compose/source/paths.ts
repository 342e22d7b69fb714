/** The base of the paths in a file. */

import { isAbsolute, join } from "node:path";

export interface Folders {
  /** The base of relative paths. */
  readonly base: string;
  /** The folder that replaces `~`; without it, `~` is kept. */
  readonly home: string | undefined;
}

export function resolvePath({ base, home }: Folders, path: string): string {
  const expanded = path.startsWith("~") && home !== undefined ? joined(home, path.slice(1)) : path;
  return isAbsolute(expanded) || /^([a-z]:[\\/]|\\\\)/i.test(expanded) ? expanded : joined(base, expanded);
}

function joined(base: string, path: string): string {
  const result = join(base, path);
  return result.length > 1 && result.endsWith("/") ? result.slice(0, -1) : result;
}
