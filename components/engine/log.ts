/** The output of containers and tasks. */

import { LOG_LINES } from "../core/text/failure-report";

/** The requested part of a log. */
export const logOptions = { stdout: true, stderr: true, tail: LOG_LINES, follow: false } as const;

export function linesOf(bytes: Buffer, tty: boolean): string[] {
  return (tty ? bytes.toString("utf8") : withoutFrames(bytes)).split("\n").filter((line) => line !== "");
}

/** Without a TTY, each chunk of a log has a header of eight bytes; the last four are its length. */
function withoutFrames(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(parts).toString("utf8");
}
