/** Sends files to BuildKit. Source: the sender of tonistiigi/fsutil. */

import { once } from "node:events";
import type { ServerHttp2Stream } from "node:http2";

import { frame, unframer } from "../frames";
import { type Packet, packetType } from "../messages";
import { CallError, NOT_FOUND } from "./call";
import type { Method } from "./serve";
import type { Source } from "./source";

/** Bytes. */
const TOGETHER = 32 * 1024;

/** @param sources by the name that the frontend has for them: `context`, `dockerfile` */
export function fileSync(sources: Readonly<Record<string, Source>>): Method {
  return async ({ metadata, stream }) => {
    const [name = ""] = metadata("dir-name");
    const source = sources[name];
    if (source === undefined) throw new CallError(NOT_FOUND, `there is no folder ${JSON.stringify(name)}`);
    const packets = new PacketWriter(stream);
    try {
      await send(stream, packets, source, metadata("followpaths"));
    } catch (error) {
      // A file that cannot be read must not arrive as an empty one.
      await packets.write({ type: packetType.error, data: Buffer.from((error as Error).message) });
      throw error;
    } finally {
      await packets.flush();
    }
  };
}

async function send(
  stream: ServerHttp2Stream,
  packets: PacketWriter,
  source: Source,
  wanted: readonly string[],
): Promise<void> {
  const stats = source.list(wanted);
  for (const stat of stats) await packets.write({ type: packetType.stat, stat });
  await packets.write({ type: packetType.stat });
  await packets.flush();
  for await (const requests of requestsOn(stream)) {
    for (const ID of requests) {
      const path = stats[ID]?.path;
      if (path === undefined) throw new CallError(NOT_FOUND, `there is no file ${String(ID)}`);
      for (const data of source.read(path)) await packets.write({ type: packetType.data, ID, data });
      await packets.write({ type: packetType.data, ID });
    }
    await packets.flush();
  }
  await packets.write({ type: packetType.end });
}

/** The numbers of the files that BuildKit asks for, as they arrive, until it has all of them. */
async function* requestsOn(stream: ServerHttp2Stream): AsyncGenerator<readonly number[]> {
  const read = unframer("Packet");
  for await (const bytes of stream.iterator({ destroyOnReturn: false })) {
    const packets = read(bytes as Buffer);
    for (const { type, data } of packets)
      if (type === packetType.error) throw new Error(Buffer.from(data ?? []).toString());
    yield packets.flatMap(({ type, ID = 0 }) => (type === packetType.request ? [ID] : []));
    if (packets.some(({ type }) => type === packetType.end)) return;
  }
  throw new Error(ENDED);
}

const ENDED = "the Docker Engine ended the transfer of the build context";

/** Writes small packets together: a write of its own for each makes a context of many small files slow. */
class PacketWriter {
  private waiting: Buffer[] = [];
  private size = 0;
  private readonly closed = new AbortController();

  constructor(private readonly stream: ServerHttp2Stream) {
    stream.once("close", () => this.closed.abort(new Error(ENDED)));
  }

  async write(packet: Packet): Promise<void> {
    const bytes = frame("Packet", packet);
    this.waiting.push(bytes);
    this.size += bytes.length;
    if (this.size >= TOGETHER) await this.flush();
  }

  /** Waits while the connection is full. */
  async flush(): Promise<void> {
    if (this.size === 0) return;
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    this.size = 0;
    if (this.stream.destroyed) throw new Error(ENDED);
    const { signal } = this.closed;
    if (!this.stream.write(bytes)) await once(this.stream, "drain", { signal });
  }
}
