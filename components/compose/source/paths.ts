/** Where the paths of a file start from. */

import { isAbsolute, join } from "node:path";

export interface Folders {
  /** What relative paths start from. */
  readonly base: string;
  /** What `~` stands for; without it, it stays. */
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
