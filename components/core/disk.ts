/** Reads regular files only. A named pipe would block, and a device never ends. */

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from "node:fs";

/** A path that is not a regular file. */
export class NotAFileError extends Error {
  override readonly name = "NotAFileError";
  constructor(
    path: string,
    readonly kind: string,
  ) {
    super(`${path} is ${kind}, only regular files are supported`);
  }
}

/** The bytes of a file; links are followed. @throws NotAFileError, and what Node throws */
export function readRegularFile(path: string): Buffer {
  // Process substitution of a shell, or standard input.
  if (/^\/dev\/(stdin|fd\/\d+)$/.test(path)) return readFileSync(path);
  refuseOthers(path, statSync(path));
  // The file can have been replaced in the meantime: opened like this, even a pipe does not block.
  const handle = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    refuseOthers(path, fstatSync(handle));
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function refuseOthers(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory()
    ? "a directory"
    : stats.isFIFO()
      ? "a named pipe"
      : stats.isSocket()
        ? "a socket"
        : "a device";
  throw new NotAFileError(path, kind);
}
