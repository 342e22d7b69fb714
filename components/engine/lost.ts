/** The error of a Docker Engine that does not respond, as opposed to an error response. */

import type Docker from "dockerode";

/** Pulumi prints errors with the same stack once; therefore the stack is only the text. */
export class EngineLost extends Error {
  /** Such as `connect ECONNREFUSED /var/run/docker.sock`. */
  readonly reason: string;
  /** The error code of Node, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(cause: Error) {
    const reason = reasonOf(cause);
    super(`the Docker Engine does not answer: ${reason}`, { cause });
    this.reason = reason;
    this.code = (cause as NodeJS.ErrnoException).code;
    this.stack = this.message;
  }
}

/** The reason of a failed request to the Engine, as text. */
export function reasonOf(error: unknown): string {
  if (error instanceof EngineLost) return error.reason;
  const { message, code } = error as Error & { code?: string };
  // Some errors of Node have a code but no message.
  return message || (code ?? "no reason was given");
}

/** Converts every connection failure of a client into an `EngineLost`, the same instance for the same reason. */
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

/** Error responses have a status; a cancelled request is not a connection error either. */
function isConnectionError(error: unknown): error is Error {
  if (!(error instanceof Error) || "statusCode" in error) return false;
  return !["AbortError", "TimeoutError"].includes(error.name);
}

interface Dialing {
  dial(options: unknown, callback: (error: unknown, data: unknown) => void): void;
}
