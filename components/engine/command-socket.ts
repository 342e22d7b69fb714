import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Duplex } from "node:stream";

/** A connection that nobody uses ends after so long, in milliseconds. */
const IDLE_MS = 10_000;

/**
 * The input and output of a command as one connection. While it is idle it neither keeps the process alive nor stays
 * forever; a command that ends early breaks the connection with what it said.
 */
export class CommandSocket extends Duplex {
  private readonly child: ChildProcessWithoutNullStreams;
  private said = "";
  private idle: NodeJS.Timeout | undefined;

  constructor(command: string, args: readonly string[]) {
    super({ allowHalfOpen: false });
    this.child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const { stdin, stdout, stderr } = this.child;
    stdout.on("data", (bytes: Buffer) => {
      if (!this.push(bytes)) stdout.pause();
    });
    stderr.setEncoding("utf8").on("data", (text: string) => {
      this.said = (this.said + text).slice(-2000);
    });
    // Told by the end of the command, with what it said.
    stdin.on("error", () => undefined);
    this.child.on("error", (error) => this.destroy(error));
    this.child.on("close", (code) => {
      if (code === 0 || this.destroyed) this.push(null);
      else this.destroy(new Error(this.said.trim() || `${command} ended with ${String(code)}`));
    });
  }

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    // A broken pipe says nothing; the end of the command says why.
    this.child.stdin.write(bytes, () => {
      done();
    });
  }

  override _final(done: () => void): void {
    this.child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.idle);
    this.child.stdin.destroy();
    this.child.kill();
    done(error);
  }

  // What Node's HTTP agent asks of a connection that it keeps for later.

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    clearTimeout(this.idle);
    this.each((part) => part.ref());
    return this;
  }

  unref(): this {
    this.idle = setTimeout(() => this.destroy(), IDLE_MS).unref();
    this.each((part) => part.unref());
    return this;
  }

  private each(act: (part: { ref(): unknown; unref(): unknown }) => void): void {
    act(this.child);
    // Pipes of a child are sockets, which its type does not say.
    for (const pipe of [this.child.stdin, this.child.stdout, this.child.stderr])
      if ("ref" in pipe) act(pipe as unknown as { ref(): unknown; unref(): unknown });
  }
}
