/** An Engine whose BuildKit asks for files, and answers as a test says. */

import { createServer } from "node:http";
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Stream,
} from "node:http2";
import type { Duplex } from "node:stream";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { call } from "../../../components/image/build/engine/call";
import { frame, unframer } from "../../../components/image/build/frames";
import {
  type Message,
  type MessageName,
  packetType,
  type Stat,
} from "../../../components/image/build/messages";

/** What a fake build can do with its client. */
export interface Client {
  readonly request: Message<"SolveRequest">;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Receives a folder, and the content of the files in it that are asked for. */
  readonly sync: (
    name: string,
    follow?: readonly string[],
    ask?: (stat: Stat) => boolean,
  ) => Promise<Received>;
  /** Asks the client for one message by another; rejects with the status of gRPC. */
  readonly ask: <Q extends MessageName, A extends MessageName>(
    path: string,
    question: readonly [name: Q, message: Message<Q>],
    answer: A,
  ) => Promise<Message<A>>;
  readonly status: (status: Partial<Message<"StatusResponse">>) => void;
  /** Ends the connection. */
  readonly hangUp: () => void;
}

export interface Received {
  readonly stats: readonly Stat[];
  readonly files: Readonly<Record<string, string>>;
  readonly error: string | undefined;
  readonly grpcStatus: string | undefined;
}

/** Throws `{ code, message }` for a failed build. */
export type Build = (client: Client) => Promise<void>;

export async function fakeEngine(
  build: Build,
): Promise<{ readonly socket: string; readonly close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "fake-engine-"));
  const socket = join(folder, "docker.sock");
  const open = new Set<Duplex>();
  type Session = { readonly http2: ClientHttp2Session; readonly headers: Client["headers"] };
  let found: (value: Session) => void = () => undefined;
  const session = new Promise<Session>((resolve) => (found = resolve));
  let status: ServerHttp2Stream | undefined;
  const server = createServer((_request, response) =>
    response.writeHead(404).end('{"message":"page not found"}'),
  );
  server.on("connection", (connection) => open.add(connection));
  server.on("upgrade", (request, connection, head) => {
    expect(head).toHaveLength(0);
    expect(request.headers["content-length"]).toBe("0");
    connection.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    if (request.url === "/session") {
      const http2 = connect("http://client", { createConnection: () => connection });
      http2.on("error", () => undefined);
      const headers = { ...request.headers, methods: request.headers["x-docker-expose-session-grpc-method"] };
      found({ http2, headers });
      return;
    }
    const http2 = performServerHandshake(connection);
    http2.on("error", () => undefined);
    http2.on("stream", (stream: ServerHttp2Stream, headers) => {
      stream.on("error", () => undefined);
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      let trailers = { "grpc-status": "0", "grpc-message": "" };
      stream.on("wantTrailers", () => stream.sendTrailers(trailers));
      if (headers[":path"]?.endsWith("/Status")) {
        status = stream;
        return;
      }
      const read = unframer("SolveRequest");
      stream.on("data", (bytes: Buffer) => {
        for (const message of read(bytes))
          void (async () => {
            const { http2: client, headers } = await session;
            try {
              await build({
                request: message,
                headers,
                sync: (...args) => receive(client, ...args),
                ask: async (path, question, answer) => {
                  const answers: Message<typeof answer>[] = [];
                  await call(client, path, question, answer, (each) => answers.push(each));
                  return answers[0] as Message<typeof answer>;
                },
                status: (report) =>
                  status?.write(frame("StatusResponse", { vertexes: [], logs: [], warnings: [], ...report })),
                hangUp: () => open.forEach((each) => each.destroy()),
              });
              stream.write(frame("SolveResponse", { ExporterResponse: {} }));
            } catch (error) {
              const { code, message } = error as { code: number; message: string };
              trailers = { "grpc-status": String(code), "grpc-message": encodeURIComponent(message) };
            }
            status?.end();
            stream.end();
          })();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    socket,
    close: () => {
      open.forEach((each) => each.destroy());
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The receiver of fsutil. */
function receive(
  client: ClientHttp2Session,
  name: string,
  follow: readonly string[] = [],
  ask: (stat: Stat) => boolean = () => true,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const stream = client.request({
      ":method": "POST",
      ":path": "/moby.filesync.v1.FileSync/DiffCopy",
      "content-type": "application/grpc",
      te: "trailers",
      "dir-name": name,
      ...(follow.length > 0 && { followpaths: [...follow] }),
    });
    const stats: Stat[] = [];
    const files: Record<string, string> = {};
    let [left, error, grpcStatus]: [number, string | undefined, string | undefined] = [
      1,
      undefined,
      undefined,
    ];
    const send = (message: Message<"Packet">) => stream.write(frame("Packet", message));
    const done = () => {
      left -= 1;
      if (left === 0) send({ type: packetType.end });
    };
    const read = unframer("Packet");
    stream.on("data", (bytes: Buffer) => {
      for (const { type, stat, ID = 0, data = new Uint8Array() } of read(bytes)) {
        if (type === packetType.error) error = Buffer.from(data).toString();
        if (type === packetType.end || type === packetType.error) stream.end();
        if (type === packetType.stat && stat) {
          const isFile = (stat.mode & 0x8000000) === 0 && stat.mode < 0x80000000;
          if (isFile && ask(stat)) {
            left += 1;
            files[stat.path] = "";
            send({ type: packetType.request, ID: stats.length });
          }
          stats.push(stat);
        }
        if (type === packetType.stat && !stat) done();
        if (type === packetType.data) {
          const path = stats[ID]?.path ?? "";
          if (data.length === 0) done();
          else files[path] = (files[path] ?? "") + Buffer.from(data).toString("latin1");
        }
      }
    });
    stream.on("trailers", (trailers: IncomingHttpHeaders) => (grpcStatus = String(trailers["grpc-status"])));
    stream.on("error", reject);
    stream.on("close", () => resolve({ stats, files, error, grpcStatus }));
  });
}
