/** Serves calls of gRPC on a connection that exists already: BuildKit asks its client for files, logins and secrets. */

import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Duplex } from "node:stream";

import { frame, unframer } from "../frames";
import type { Message, MessageName } from "../messages";
import { CallError } from "./call";

/** A call of BuildKit: its metadata, and the stream of its messages. */
export interface Call {
  /** All values of a header. */
  readonly metadata: (name: string) => readonly string[];
  readonly stream: ServerHttp2Stream;
}

/** Answers one call; throws a `CallError` where it cannot. */
export type Method = (call: Call) => Promise<void>;

const UNIMPLEMENTED = 12;
const UNKNOWN = 2;

/** @param methods by path, such as `/grpc.health.v1.Health/Check` */
export function serve(connection: Duplex, methods: Readonly<Record<string, Method>>): ServerHttp2Session {
  const session = performServerHandshake(connection);
  session.on("stream", (stream: ServerHttp2Stream, headers, _flags, raw: readonly string[]) => {
    stream.on("error", () => undefined);
    void answer(stream, methods[String(headers[":path"])], (name) => valuesOf(raw, name));
  });
  // The call that needs the connection reports its loss.
  session.on("error", () => undefined);
  return session;
}

/** One message in, one message out. */
export function unary<Q extends MessageName, A extends MessageName>(
  question: Q,
  answerName: A,
  act: (message: Message<Q>) => Message<A> | Promise<Message<A>>,
): Method {
  return async ({ stream }) => {
    stream.write(frame(answerName, await act(await firstOf(stream, question))));
  };
}

function firstOf<Q extends MessageName>(stream: ServerHttp2Stream, name: Q): Promise<Message<Q>> {
  const read = unframer(name);
  return new Promise((resolve, reject) => {
    stream.on("data", (bytes: Buffer) => {
      try {
        read(bytes).forEach(resolve);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    stream.on("close", () => reject(new CallError(UNKNOWN, "the call has no message")));
  });
}

async function answer(
  stream: ServerHttp2Stream,
  method: Method | undefined,
  metadata: Call["metadata"],
): Promise<void> {
  let error: CallError | undefined;
  stream.respond(
    { [constants.HTTP2_HEADER_STATUS]: 200, "content-type": "application/grpc" },
    { waitForTrailers: true },
  );
  stream.on("wantTrailers", () => {
    stream.sendTrailers({
      "grpc-status": String(error?.code ?? 0),
      ...(error && { "grpc-message": encodeURIComponent(error.message) }),
    });
  });
  try {
    if (method === undefined) throw new CallError(UNIMPLEMENTED, "not supported by this client");
    await method({ metadata, stream });
  } catch (thrown) {
    error = thrown instanceof CallError ? thrown : new CallError(UNKNOWN, String(thrown));
  }
  if (!stream.destroyed) stream.end();
}

/** Node joins the values of a header by commas, which can be a part of a path. */
function valuesOf(raw: readonly string[], name: string): string[] {
  return raw.filter((_, at) => at % 2 === 1 && raw[at - 1] === name);
}
