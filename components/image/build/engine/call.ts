/** Calls of gRPC over HTTP/2. */

import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";

import { EngineLost } from "../../../engine/lost";
import { frame, unframer } from "../frames";
import type { Message, MessageName } from "../messages";

/** A status of gRPC. */
export const NOT_FOUND = 5;

/** The answer of BuildKit to a call that failed. */
export class CallError extends Error {
  /** @param code a status of gRPC, such as 5 for NOT_FOUND */
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Resolves when the call is over; each message of the answer is passed on at once.
 *
 * @throws CallError or EngineLost
 */
export function call<Q extends MessageName, A extends MessageName>(
  http2: ClientHttp2Session,
  path: string,
  [question, message]: readonly [name: Q, message: Message<Q>],
  answer: A,
  onAnswer: (message: Message<A>) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = http2.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
      "user-agent": "dockwright",
    });
    const read = unframer(answer);
    let ended: CallError | "ok" | undefined;
    const end = (headers: IncomingHttpHeaders): void => {
      ended = statusOf(headers) ?? ended;
    };
    stream.on("response", end);
    stream.on("trailers", end);
    stream.on("data", (bytes: Buffer) => {
      try {
        read(bytes).forEach(onAnswer);
      } catch (error) {
        stream.destroy(error as Error);
      }
    });
    stream.on("error", (error: Error) => reject(new EngineLost(error)));
    stream.on("close", () => {
      if (ended === "ok") resolve();
      else reject(ended ?? new EngineLost(new Error("it closed the connection during a build")));
    });
    stream.end(frame(question, message));
  });
}

function statusOf(headers: IncomingHttpHeaders): CallError | "ok" | undefined {
  const status = headers["grpc-status"];
  if (status === undefined) return undefined;
  if (status === "0") return "ok";
  return new CallError(Number(status), decoded(String(headers["grpc-message"] ?? "")));
}

/** Percent-encoded; what is no such text stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
