/** The files of this machine, to be handed to the loader, which itself opens none. */

import { readFileSync } from "node:fs";

/** The text of a file; undefined where there is none of that name. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(code)) return undefined;
    throw error;
  }
}
