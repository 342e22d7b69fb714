import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import http from "node:http";

import { runInside } from "./inside";
import { endProcess } from "./processes";

/**
 * A way in to what listens on the loopback address of a machine of a test: a socket among the files, which all of them share,
 * each connection of which is led on in there. It ends with `close`, or with this process.
 */
export class Relay {
  private constructor(
    private readonly process: ChildProcess,
    /** The path of the socket. */
    readonly at: string,
  ) {}

  /** @param namespace that of the network of the machine, for `nsenter --net=` */
  static async open(namespace: string, port: number, at: string): Promise<Relay> {
    return new Relay(await runInside(namespace, SCRIPT, [at, String(port)]), at);
  }

  /** What is answered to one request, which must be a good answer. */
  async get(path = "/"): Promise<string> {
    const request = http.get({ socketPath: this.at, path, agent: false, timeout: 15_000 });
    request.on("timeout", () => request.destroy(new Error("no answer within 15 s")));
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    let text = "";
    for await (const part of response.setEncoding("utf8")) text += String(part);
    if (response.statusCode !== 200) throw new Error(`${response.statusCode ?? 0} ${text}`);
    return text.trim();
  }

  async close(): Promise<void> {
    if (this.process.pid !== undefined) await endProcess(this.process.pid, 0);
  }
}

const SCRIPT = `
  const net = require("node:net");
  const [at, port] = process.argv.slice(1);
  net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ host: "127.0.0.1", port: Number(port), allowHalfOpen: true });
    for (const [from, to] of [[near, far], [far, near]]) from.on("error", () => to.destroy()).pipe(to);
  }).listen(at, () => console.log("ready"));
`;
