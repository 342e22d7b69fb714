import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from "node:fs";
import { createServer, connect, type Server, type Socket } from "node:net";
import { join } from "node:path";

import Docker from "dockerode";

import { answers, BASE_IMAGE, copyImages, dockerAt, engineFolder, removeEngineFolder } from "./engines";
import { endProcess, pause, signal } from "./processes";

/**
 * A Docker Engine beside the machine's own: its own data, sockets, containerd and network namespace. Bridges, addresses
 * and published ports are in that namespace, so no engine can touch those of another, and they go with it.
 * It ends with `stop`, which leaves nothing behind; what a killed process has left is removed by the next `start`.
 */
export class SecondEngine {
  readonly docker: Docker;
  private pid: number | undefined;
  private readonly forwarders: Server[] = [];
  private readonly atExit = (): void => {
    if (this.pid !== undefined) signal(this.pid, "SIGTERM");
  };

  private constructor(
    readonly folder: string,
    private readonly options: readonly string[],
  ) {
    this.docker = new Docker({ socketPath: this.socket });
    process.once("exit", this.atExit);
  }

  /**
   * Starts one that has the base image of the tests.
   *
   * @param options further options of dockerd
   * @param diskMiB the size of the disk that its data is on; without it, the machine's own
   */
  static async start(options: readonly string[] = [], diskMiB?: number): Promise<SecondEngine> {
    const folder = engineFolder("dw-e-");
    const data = join(folder, "data");
    mkdirSync(data);
    if (diskMiB !== undefined)
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMiB}m`, "tmpfs", data]);
    const engine = new SecondEngine(folder, options);
    try {
      await engine.run();
      await copyImages(folder, [BASE_IMAGE], [engine.socket]);
    } catch (error) {
      await engine.stop();
      throw error;
    }
    return engine;
  }

  get socket(): string {
    return join(this.folder, "docker.sock");
  }

  /** Its network namespace, for `nsenter --net=`. */
  get namespace(): string {
    return `/proc/${this.pid ?? 0}/ns/net`;
  }

  /** Runs the docker command against this engine. */
  command(...args: string[]): string {
    return dockerAt(this.socket, ...args);
  }

  /** Opens a port of the namespace's loopback address on a free port of this machine's, and gives that. */
  async forward(port: number): Promise<number> {
    const socket = join(this.folder, `${port}.sock`);
    const inside = `const { connect, createServer } = require("node:net");
      createServer((caller) => {
        const engine = connect(${port}, "127.0.0.1");
        caller.on("error", () => engine.destroy()).pipe(engine).on("error", () => caller.destroy()).pipe(caller);
      }).listen(${JSON.stringify(socket)});`;
    const child = spawn("nsenter", [`--net=${this.namespace}`, process.execPath, "-e", inside], {
      stdio: "ignore",
    });
    while (!existsSync(socket) && child.exitCode === null) await pause(50);
    const forwarder = createServer((caller) => joined(caller, connect(socket))).unref();
    forwarder.once("close", () => child.kill());
    child.unref();
    this.forwarders.push(forwarder);
    await new Promise<void>((resolve) => forwarder.listen(0, "127.0.0.1", resolve));
    return (forwarder.address() as { port: number }).port;
  }

  /** Ends the engine as a crash does; `restart` brings it back. */
  kill(): void {
    if (this.pid === undefined) return;
    signal(this.pid, "SIGKILL");
    // Its containerd ends with it, and would be taken for a running one while nobody has reaped it.
    rmSync(join(this.folder, "exec/containerd/containerd.pid"), { force: true });
  }

  /** As the service manager would: the containers stop, and those with a restart policy come back. */
  async restart(): Promise<void> {
    await this.end();
    await this.run();
  }

  /** Ends the engine and removes everything that it had. */
  async stop(): Promise<void> {
    for (const forwarder of this.forwarders) forwarder.close();
    await this.end();
    process.off("exit", this.atExit);
    removeEngineFolder(this.folder);
  }

  private async run(): Promise<void> {
    const log = openSync(join(this.folder, "log"), "a");
    const inNamespace = ["--net", "sh", "-c", 'ip link set lo up && exec dockerd "$@"', "sh"];
    const child = spawn(
      "unshare",
      [
        ...inNamespace,
        `--host=unix://${this.socket}`,
        `--data-root=${join(this.folder, "data")}`,
        `--exec-root=${join(this.folder, "exec")}`,
        `--pidfile=${join(this.folder, "pid")}`,
        "--iptables=false",
        "--ip6tables=false",
        "--shutdown-timeout=5",
        ...this.options,
      ],
      { stdio: ["ignore", log, log], detached: true },
    );
    closeSync(log);
    child.unref();
    this.pid = child.pid;
    await answers(this.docker, child, join(this.folder, "log"));
  }

  private async end(): Promise<void> {
    if (this.pid !== undefined) await endProcess(this.pid, 20_000);
    this.pid = undefined;
  }
}

function joined(caller: Socket, engine: Socket): void {
  caller.on("error", () => engine.destroy()).pipe(engine);
  engine.on("error", () => caller.destroy()).pipe(caller);
}
