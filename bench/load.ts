import http from "node:http";

/** What a load came to. */
export interface Outcome {
  readonly sent: number;
  readonly failed: number;
  /** The longest time without a good answer, in milliseconds. */
  readonly longestGap: number;
}

const PATIENCE_MS = 5_000;

/**
 * Sends a number of requests per second to a local address until it is stopped. A request is sent when its time has come,
 * whether those before it were answered or not: a stall is not hidden by waiting for it. Each has a connection of its
 * own, as a new visitor has: one that is kept could only be refused once, and would not tell who listens now.
 * Whatever is not a whole answer with status 200 within five seconds has failed.
 */
export class Load {
  private readonly pending = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly began = performance.now();
  private sent = 0;
  private failed = 0;
  private lastGood = performance.now();
  private longestGap = 0;
  private lapGap = 0;

  constructor(
    private readonly port: number,
    private readonly perSecond: number,
  ) {
    this.timer = setInterval(() => this.catchUp(), 5);
  }

  /** The longest time without a good answer since this was last asked, in milliseconds. */
  lap(): number {
    const gap = Math.max(this.lapGap, performance.now() - this.lastGood);
    this.lapGap = 0;
    return gap;
  }

  async stop(): Promise<Outcome> {
    clearInterval(this.timer);
    const silent = performance.now() - this.lastGood;
    await Promise.all(this.pending);
    return { sent: this.sent, failed: this.failed, longestGap: Math.max(this.longestGap, silent) };
  }

  /** A timer that is late makes up for it. */
  private catchUp(): void {
    const due = Math.floor(((performance.now() - this.began) * this.perSecond) / 1000);
    while (this.sent < due) {
      this.sent += 1;
      const asked = isServed(this.port).then((good) => this.note(good));
      this.pending.add(asked);
      void asked.then(() => this.pending.delete(asked));
    }
  }

  private note(good: boolean): void {
    if (!good) {
      this.failed += 1;
      return;
    }
    const now = performance.now();
    const gap = now - this.lastGood;
    this.lastGood = now;
    this.longestGap = Math.max(this.longestGap, gap);
    this.lapGap = Math.max(this.lapGap, gap);
  }
}

/** Whether one request is answered as it should be; never takes longer than five seconds. */
export function isServed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: "127.0.0.1", port, agent: false }, (response) => {
      response.resume();
      response.on("end", () => done(response.complete && response.statusCode === 200));
      response.on("error", () => done(false));
    });
    request.on("error", () => done(false));
    // Of the whole request: the socket's own timeout restarts with every byte.
    const timer = setTimeout(() => request.destroy(new Error("too late")), PATIENCE_MS);
    const done = (good: boolean): void => {
      clearTimeout(timer);
      resolve(good);
    };
  });
}
