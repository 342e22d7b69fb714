import { once } from "node:events";
import { rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";

/** One request to the Docker Engine, counted from 1 since the last `arm`. */
export interface Call {
  readonly n: number;
  /** Method and path, without the version, ids and query: `POST /containers/create`. */
  readonly text: string;
}

/**
 * What becomes of the call at which a fault strikes, once the fault itself is done:
 * `"forward"` lets it through, `"answer-500"` answers in the Engine's place, and `"lose-answer"` lets the Engine do it
 * and breaks the connection before the caller hears of it.
 */
export type Verdict = "forward" | "answer-500" | "lose-answer";

/** A fault at one call. */
export interface Fault {
  /** The number of the call, or the text of which it is the first. */
  readonly at: number | string;
  readonly strike: (call: Call) => Verdict | Promise<Verdict>;
}

/** Hop-by-hop headers, which each side of a proxy sets for itself. */
const OWN = new Set(["connection", "keep-alive", "transfer-encoding", "proxy-connection"]);

/** Stands between a socket of its own and the Engine's, counts the calls and lets a fault strike at one of them. */
export class EngineProxy {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly server = http.createServer({ requestTimeout: 0, keepAliveTimeout: 0 });
  private readonly sockets = new Set<Duplex>();
  private made: Call[] = [];
  private fault: Fault | undefined;
  private hit: Call | undefined;

  /**
   * @param at where callers connect
   * @param engine the Engine's own socket
   */
  constructor(
    readonly at: string,
    private readonly engine: string,
  ) {
    this.server.on("request", (request, response) => void this.request(request, response));
    this.server.on("upgrade", (request, socket, head) => void this.upgrade(request, socket, head));
    this.server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
      socket.on("error", () => undefined);
    });
  }

  async start(): Promise<void> {
    rmSync(this.at, { force: true });
    this.server.listen(this.at);
    await once(this.server, "listening");
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    this.agent.destroy();
    await closed;
  }

  /** Counts from 1 again; the fault strikes once, or never where none is given. */
  arm(fault?: Fault): void {
    this.made = [];
    this.fault = fault;
    this.hit = undefined;
  }

  /** The calls since the last `arm`. */
  get calls(): readonly Call[] {
    return this.made;
  }

  /** The call at which the fault struck. */
  get struck(): Call | undefined {
    return this.hit;
  }

  /** Forgets the idle connections to an Engine that is about to go. */
  forgetEngine(): void {
    this.agent.destroy();
  }

  private async judge(request: http.IncomingMessage): Promise<Verdict> {
    const call = { n: this.made.length + 1, text: callText(request.method ?? "?", request.url ?? "?") };
    this.made.push(call);
    const { fault } = this;
    if (fault === undefined || this.hit !== undefined) return "forward";
    if (fault.at !== call.n && fault.at !== call.text) return "forward";
    this.hit = call;
    return fault.strike(call);
  }

  private async request(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const verdict = await this.judge(request);
    if (verdict === "answer-500") {
      request.resume();
      response.writeHead(500, { "content-type": "application/json" }).end(INJECTED);
      return;
    }
    const { method, url: path } = request;
    const headers = passedOn(request.rawHeaders);
    // The length of a body decides how it is framed; without one, a stream.
    if (request.headers["transfer-encoding"] !== undefined) headers.push("transfer-encoding", "chunked");
    const onward = http.request({ socketPath: this.engine, agent: this.agent, method, path, headers });
    const gone = (): void => {
      response.destroy();
      request.destroy();
    };
    onward.on("error", gone);
    onward.on("response", (answer) => {
      if (verdict === "lose-answer") {
        gone();
        onward.destroy();
        return;
      }
      answer.on("error", gone);
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders));
      // A stream of events has its head read before its first event.
      response.flushHeaders();
      answer.pipe(response);
    });
    response.on("close", () => onward.destroy());
    request.on("error", () => onward.destroy());
    request.pipe(onward);
  }

  /** Attach, exec and builds leave HTTP behind: the bytes go through as they are. */
  private async upgrade(request: http.IncomingMessage, caller: Duplex, head: Buffer): Promise<void> {
    const verdict = await this.judge(request);
    if (verdict === "answer-500") {
      const length = Buffer.byteLength(INJECTED);
      caller.end(
        `HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${INJECTED}`,
      );
      return;
    }
    const engine = net.connect({ path: this.engine, allowHalfOpen: true });
    this.sockets.add(engine);
    const end = (): void => {
      this.sockets.delete(engine);
      engine.destroy();
      caller.destroy();
    };
    engine.on("error", end).on("close", end);
    caller.on("error", end).on("close", end);
    engine.write(rawHead(request));
    engine.write(head);
    caller.pipe(engine);
    if (verdict === "lose-answer") engine.once("data", end);
    else engine.pipe(caller);
  }
}

const INJECTED = JSON.stringify({ message: "the fault harness answers in the place of the engine" });

function passedOn(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = "", value = ""] = rawHeaders.slice(at, at + 2);
    if (!OWN.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

function rawHead({ method, url, rawHeaders }: http.IncomingMessage): string {
  const lines = [`${method ?? "GET"} ${url ?? "/"} HTTP/1.1`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    lines.push(`${rawHeaders[at] ?? ""}: ${rawHeaders[at + 1] ?? ""}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** `/v1.41/containers/4f0c.../json?size=1` is the call `/containers/ID/json`. */
export function callText(method: string, url: string): string {
  const path = (url.split("?")[0] ?? "")
    .replace(/^\/v\d+\.\d+(?=\/)/, "")
    .replace(
      /^\/(containers|networks|volumes|exec|services|tasks|secrets|configs|nodes)\/(?!create$|json$|prune$)[^/]+/,
      "/$1/ID",
    )
    .replace(
      /^\/images\/(?!create$|json$|load$|prune$|get$).+?(?=\/(?:json|tag|history|push)$|$)/,
      "/images/NAME",
    );
  return `${method} ${path}`;
}
