import type { ChildProcess } from "node:child_process";

import { runInside } from "./inside";
import { endProcess } from "./processes";

/**
 * Leads a port of the loopback address of one network namespace to the same port of an address: a registry that answers
 * there is one that needs no certificate. It ends with `stop`, and with this process.
 */
export class Forward {
  private constructor(private readonly process: ChildProcess) {}

  /** @param namespace as `nsenter --net=` takes it; without one, this machine's own */
  static async start(port: number, to: string, namespace?: string): Promise<Forward> {
    return new Forward(await runInside(namespace, SCRIPT, [String(port), to]));
  }

  async stop(): Promise<void> {
    if (this.process.pid !== undefined) await endProcess(this.process.pid, 0);
  }
}

const SCRIPT = `
  const net = require("node:net");
  const [port, host] = process.argv.slice(1);
  net.createServer((from) => {
    const to = net.connect(Number(port), host);
    for (const [one, other] of [[from, to], [to, from]]) one.pipe(other).on("error", () => one.destroy());
    for (const one of [from, to]) one.on("error", () => { from.destroy(); to.destroy(); });
  }).listen(Number(port), "127.0.0.1", () => console.log("ready"));
`;
