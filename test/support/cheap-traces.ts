/**
 * Pulumi's SDK keeps the stack trace of each promise that it makes, for a message that tests never print, and jest looks
 * each frame up in source maps: half of the CPU time of a test that runs programs. All other traces are unchanged.
 */

import { runInThisContext } from "node:vm";

/** Of jest itself, which installs what looks frames up after this file has run. */
const outer = runInThisContext("Error") as Partial<Pick<ErrorConstructor, "prepareStackTrace">>;

Error.prepareStackTrace = (error, frames): unknown => {
  if (isOfPromise(frames[0])) return error.message;
  if (outer.prepareStackTrace !== undefined) return outer.prepareStackTrace(error, frames);
  return [
    String(error),
    ...frames.map((frame) => `    at ${String(frame.getFileName())}:${String(frame.getLineNumber())}`),
  ].join("\n");
};

function isOfPromise(frame: NodeJS.CallSite | undefined): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]debuggable\.js$/.test(frame?.getFileName() ?? "");
}

/** Jest has a hundred frames collected, of which a reader needs those next to the test. */
Error.stackTraceLimit = 20;
