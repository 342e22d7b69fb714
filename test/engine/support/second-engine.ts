import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Docker from "dockerode";

import { endProcess, isAlive, pause, signal } from "./processes";

/** The folders of engines; sockets have short paths. */
const PREFIX = "dw-e-";
const BASE_IMAGE = "debian:bookworm-slim";
/** As it was at the beginning: the random walk has another one while it goes on. */
const HOST_OF_THIS_MACHINE = process.env["DOCKER_HOST"];

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
    if (process.getuid?.() !== 0)
      throw new Error("a second dockerd can only be started by root; run it as root");
    for (const folder of abandoned()) sweep(folder);
    const folder = mkdtempSync(join(tmpdir(), PREFIX));
    writeFileSync(holderFile(folder), String(process.pid));
    const data = join(folder, "data");
    mkdirSync(data);
    if (diskMiB !== undefined)
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMiB}m`, "tmpfs", data]);
    const engine = new SecondEngine(folder, options);
    try {
      await engine.run();
      engine.copyFromHere(BASE_IMAGE);
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
    return execFileSync("docker", ["-H", `unix://${this.socket}`, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
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
    sweep(this.folder);
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
    const ended = new Promise<true>((resolve) =>
      child.once("exit", () => resolve(true)).once("error", () => resolve(true)),
    );
    for (let tries = 0; tries < 300; tries++) {
      const answers = await this.docker.ping().then(
        () => true,
        () => false,
      );
      if (answers) return;
      if (await Promise.race([ended, pause(100)])) break;
    }
    const last = readFileSync(join(this.folder, "log"), "utf8").trimEnd().split("\n").slice(-3);
    throw new Error(`the second dockerd does not answer:\n${last.join("\n")}`);
  }

  private copyFromHere(image: string): void {
    const command = 'docker save "$0" | docker -H "$1" load';
    execFileSync("sh", ["-c", command, image, `unix://${this.socket}`], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, DOCKER_HOST: HOST_OF_THIS_MACHINE },
    });
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

const HOLDER = "holder";
const holderFile = (folder: string): string => join(folder, HOLDER);

function abandoned(): string[] {
  const folders = readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(tmpdir(), name));
  return folders.filter(
    (folder) => existsSync(holderFile(folder)) && !isAlive(Number(readFileSync(holderFile(folder), "utf8"))),
  );
}

function sweep(folder: string): void {
  // Shims and a containerd outlive an engine that was killed.
  for (const pid of processesOf(folder)) signal(pid, "SIGKILL");
  for (const mounted of mountsBelow(folder)) execFileSync("umount", ["--lazy", mounted]);
  // What a container held is unmounted a moment after the engine is gone. The holder goes last: whoever is cut short
  // here leaves a folder that the next start recognises.
  const remove = (path: string): void =>
    rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  for (const name of readdirSync(folder)) if (name !== HOLDER) remove(join(folder, name));
  remove(folder);
}

function processesOf(folder: string): number[] {
  const found = execFileSync("ps", ["-e", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
  return found
    .filter(
      (line) =>
        /^\s*\d+ \S*(?:dockerd|containerd|containerd-shim\S*|docker-proxy) /.test(line) &&
        line.includes(`${folder}/`),
    )
    .map((line) => Number.parseInt(line, 10));
}

/** The deepest first. */
function mountsBelow(folder: string): string[] {
  const places = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
  return places.filter((place) => place.startsWith(`${folder}/`)).reverse();
}
