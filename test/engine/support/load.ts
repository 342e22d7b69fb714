import http from "node:http";

/** What a load came to. */
export interface Outcome {
  readonly sent: number;
  /** What went wrong, request by request. */
  readonly failed: readonly string[];
  /** The longest time between two good answers, in milliseconds. */
  readonly longestGap: number;
}

/** Asks one address of 127.0.0.1 so often a second until it is stopped, over connections that are kept, as browsers do. */
export class Load {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  private readonly timer: NodeJS.Timeout;
  private readonly pending = new Set<Promise<void>>();
  private readonly failed: string[] = [];
  private sent = 0;
  private lastGood = Date.now();
  private longestGap = 0;

  /** @param socketPath of the socket that leads there, where that is not the address itself */
  constructor(
    private readonly url: string,
    perSecond: number,
    private readonly socketPath?: string,
  ) {
    this.timer = setInterval(() => {
      const asked = this.ask();
      this.pending.add(asked);
      void asked.then(() => this.pending.delete(asked));
    }, 1000 / perSecond);
  }

  async stop(): Promise<Outcome> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    this.agent.destroy();
    return { sent: this.sent, failed: this.failed, longestGap: this.longestGap };
  }

  private ask(): Promise<void> {
    this.sent += 1;
    return new Promise((resolve) => {
      const fail = (why: string): void => {
        this.failed.push(why);
        resolve();
      };
      const options = { agent: this.agent, timeout: 15_000, socketPath: this.socketPath };
      const request = http.get(this.url, options, (response) => {
        response.resume();
        response.on("error", (error) => {
          fail(`body: ${error.message}`);
        });
        response.on("end", () => {
          if (response.statusCode !== 200) {
            fail(String(response.statusCode));
            return;
          }
          const now = Date.now();
          this.longestGap = Math.max(this.longestGap, now - this.lastGood);
          this.lastGood = now;
          resolve();
        });
      });
      request.on("timeout", () => request.destroy(new Error("no answer within 15 s")));
      request.on("error", (error) => {
        fail(error.message);
      });
    });
  }
}
