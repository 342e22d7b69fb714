import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";

import Docker from "dockerode";

import { answers, controlGroup, dockerAt } from "./engines";
import type { Lan } from "./lan";
import { endProcess, signal } from "./processes";

/**
 * A machine of a swarm: a Docker Engine with a name, an address and processes of its own. Network, mounts, name and
 * processes are in namespaces that end, all at once, with the first process in them, as a machine does that loses power.
 * That one in turn ends with this process, however it ends: nothing of it can be left running.
 */
export class SwarmNode {
  readonly docker: Docker;
  /** The first process of its namespaces, by the number that it has outside. */
  private pid: number | undefined;

  constructor(
    readonly name: string,
    /** Reached from this machine, and by the other nodes. */
    readonly address: string,
    private readonly folder: string,
    private readonly lan: Lan,
  ) {
    this.docker = new Docker({ socketPath: this.socket });
  }

  get socket(): string {
    return join(this.folder, `${this.name}.sock`);
  }

  /** As DOCKER_HOST has it. */
  get host(): string {
    return `unix://${this.socket}`;
  }

  /** That of its network, for `nsenter --net=`. */
  get namespace(): string {
    return `/proc/${this.pid ?? 0}/ns/net`;
  }

  get isOn(): boolean {
    return this.pid !== undefined;
  }

  /** Runs the docker command on it. */
  command(...args: string[]): string {
    return dockerAt(this.socket, ...args);
  }

  async start(): Promise<void> {
    const log = join(this.folder, `${this.name}.log`);
    const out = openSync(log, "a");
    const settings = [this.name, this.lan.namespace, this.address];
    const options = [
      `--host=${this.host}`,
      `--data-root=${join(this.folder, DISK, this.name)}`,
      `--insecure-registry=${this.lan.subnet}`,
      `--cgroup-parent=${controlGroup(this.folder)}/${this.name}`,
      "--shutdown-timeout=5",
    ];
    const child = spawn(
      "setpriv",
      [
        ...DIES_WITH_PARENT,
        "unshare",
        "--net",
        "--mount",
        "--uts",
        "sh",
        "-ec",
        MACHINE,
        "sh",
        ...settings,
        ...options,
      ],
      { stdio: ["ignore", out, out] },
    );
    closeSync(out);
    child.unref();
    await answers(this.docker, child, log);
    this.pid = Number(execFileSync("ps", ["-o", "pid=", "--ppid", String(child.pid)], { encoding: "utf8" }));
  }

  /** Power is lost: no process gets to say or write anything. */
  async kill(): Promise<void> {
    const { pid } = this;
    this.pid = undefined;
    if (pid === undefined) return;
    signal(pid, "SIGKILL");
    await endProcess(pid, 0);
  }

  /** As the service manager stops and starts the Engine. */
  async restart(): Promise<void> {
    const { pid } = this;
    this.pid = undefined;
    if (pid !== undefined) await endProcess(pid, 20_000);
    await this.start();
  }
}

/** Where, in the folder, the nodes of a swarm have their data. */
export const DISK = "disk";

const DIES_WITH_PARENT = ["--pdeathsig", "KILL"];

/**
 * Its name, its `/run` (the files of the first Docker there are not for this one) and its cable; then dockerd below a
 * first process that waits for whoever has lost its parent, as an init does.
 */
const MACHINE = `
  hostname "$1"
  mount -t tmpfs tmpfs /run
  ip link set lo up
  # A machine that has just gone leaves its end of the cable a moment longer.
  nsenter --net="$2" ip link delete "$1" 2>/dev/null || true
  ip link add eth0 type veth peer name "$1" netns "$2"
  nsenter --net="$2" ip link set "$1" master lan up
  ip address add "$3/24" dev eth0
  ip link set eth0 up
  shift 3
  exec setpriv ${DIES_WITH_PARENT.join(" ")} unshare --pid --fork --kill-child --mount-proc sh -c '
    dockerd "$@" &
    trap "kill $!" TERM
    wait; wait' sh "$@"
`;
