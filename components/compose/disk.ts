/** Reads local files for the loader, which does not open files itself. */

import { homedir } from "node:os";
import { basename, dirname, resolve } from "node:path";

import { NotAFileError, readRegularFile } from "../core/disk";
import { ComposeError } from "./source/faults";

/** The text of a file; undefined if it does not exist. @throws ComposeError if it is not a regular file */
export function readIfThere(path: string): string | undefined {
  try {
    return readRegularFile(path).toString();
  } catch (error) {
    if (error instanceof NotAFileError) {
      // Compose ignores a .env that is a directory.
      if (error.kind === "a directory" && basename(path) === ".env") return undefined;
      const text = `${error.message}; write its text to a file and use that`;
      throw new ComposeError([{ place: undefined, path: [], text }]);
    }
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ENOTDIR"].includes(code)) return undefined;
    throw error;
  }
}

/** The variables of a command line in the folder of the project, with which paths often begin. */
export function folderVariables(files: readonly string[]): Readonly<Record<"HOME" | "PWD", string>> {
  return { HOME: homedir(), PWD: dirname(resolve(files[0] ?? "")) };
}
