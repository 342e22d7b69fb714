/** A Docker Engine that does not answer, as opposed to an error that it answers with. */

import type Docker from "dockerode";

/** Pulumi prints an error that ends many promises once, by its stack; here that is the text alone. */
export class EngineLost extends Error {
  /** Such as `connect ECONNREFUSED /var/run/docker.sock`. */
  readonly reason: string;
  /** Of Node, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(cause: Error) {
    const reason = reasonOf(cause);
    super(`the Docker Engine does not answer: ${reason}`, { cause });
    this.reason = reason;
    this.code = (cause as NodeJS.ErrnoException).code;
    this.stack = this.message;
  }
}

/** What a failed question to the Engine says, for people. */
export function reasonOf(error: unknown): string {
  if (error instanceof EngineLost) return error.reason;
  const { message, code } = error as Error & { code?: string };
  // Some errors of Node have a code and no text.
  return message || (code ?? "no reason was given");
}

/** Makes every failure of a client's connection an `EngineLost`, the same one while the reason is the same. */
export function tellLoss(client: Docker): Docker {
  const modem = client.modem as Dialing;
  const dial = modem.dial.bind(modem);
  let lost: EngineLost | undefined;
  modem.dial = (options, callback) =>
    dial(options, (error, data) => {
      if (isConnectionError(error) && lost?.reason !== reasonOf(error)) lost = new EngineLost(error);
      callback(isConnectionError(error) ? lost : error, data);
    });
  return client;
}

/** What the Engine answers has a status; a question that was given up has no connection error either. */
function isConnectionError(error: unknown): error is Error {
  if (!(error instanceof Error) || "statusCode" in error) return false;
  return !["AbortError", "TimeoutError"].includes(error.name);
}

interface Dialing {
  dial(options: unknown, callback: (error: unknown, data: unknown) => void): void;
}
