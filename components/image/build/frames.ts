/** How gRPC puts messages on a stream: one byte for the compression, which is not used here, four for the length, the message. */

import { decode, encode, type Message, type MessageName } from "./messages";

const HEADER = 5;

/** BuildKit's messages have at most 16 MiB. */
const LONGEST = 1 << 24;

export function frame<N extends MessageName>(name: N, message: Message<N>): Buffer {
  const body = encode(name, message);
  const bytes = Buffer.allocUnsafe(HEADER + body.length);
  bytes.writeUInt8(0, 0);
  bytes.writeUInt32BE(body.length, 1);
  bytes.set(body, HEADER);
  return bytes;
}

/** Takes bytes as they arrive and returns the messages that are complete. */
export function unframer<N extends MessageName>(name: N): (bytes: Buffer) => Message<N>[] {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const messages: Message<N>[] = [];
    for (let size = sizeOf(rest); size !== undefined && rest.length >= size; size = sizeOf(rest)) {
      messages.push(decode(name, rest.subarray(HEADER, size)));
      rest = rest.subarray(size);
    }
    return messages;
  };
}

/** Of the first frame, its header included. */
function sizeOf(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER) return undefined;
  const length = bytes.readUInt32BE(1);
  if (bytes[0] !== 0 || length > LONGEST)
    throw new Error(`a message of BuildKit has ${String(length)} bytes, which is not supported`);
  return HEADER + length;
}
