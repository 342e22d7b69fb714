/** Reads what is a file. A named pipe would be waited for without end, a device has no end. */

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from "node:fs";

/** A path that names something else than a file. */
export class NotAFileError extends Error {
  override readonly name = "NotAFileError";
  constructor(
    path: string,
    readonly kind: string,
  ) {
    super(`${path} is ${kind}, only regular files are supported`);
  }
}

/** The bytes of a file, by links too. @throws NotAFileError, and what Node throws */
export function readRegularFile(path: string): Buffer {
  // What a shell hands over: <(command), or standard input.
  if (/^\/dev\/(stdin|fd\/\d+)$/.test(path)) return readFileSync(path);
  refuseOthers(path, statSync(path));
  // It may have been exchanged meanwhile: opened so, not even a pipe is waited for.
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
