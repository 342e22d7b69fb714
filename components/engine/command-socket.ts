import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Duplex } from "node:stream";

/** Idle connections are closed after this time, in milliseconds. */
const IDLE_MS = 10_000;

/**
 * Stdin and stdout of a command as one connection. An idle connection does not keep the process alive and is closed
 * after a time; if the command exits early, the connection fails with its stderr.
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
    // Reported when the command exits, with its stderr.
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
    // A broken pipe has no cause; the exit of the command has.
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

  // Methods that Node's HTTP agent calls on kept-alive connections.

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
    // The pipes of a child process are sockets, although their type does not say so.
    for (const pipe of [this.child.stdin, this.child.stdout, this.child.stderr])
      if ("ref" in pipe) act(pipe as unknown as { ref(): unknown; unref(): unknown });
  }
}
