/** What the Engines beside the machine's own have in common: folders that are found again, and how one is started and asked. */

import { type ChildProcess, execFile, execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import type Docker from "dockerode";

import { isAlive, pause, signal } from "./processes";

const run = promisify(execFile);

export const BASE_IMAGE = "debian:bookworm-slim";

/** As it was at the beginning: the random walk has another one while it goes on. */
const HOST_OF_THIS_MACHINE = process.env["DOCKER_HOST"];
const HOLDER = "holder";

/** A folder of this process, short because sockets have short paths. Those whose process is gone are removed first. */
export function engineFolder(prefix: string): string {
  if (process.getuid?.() !== 0)
    throw new Error("a dockerd of a test's own can only be started by root; run it as root");
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const holder = join(tmpdir(), name, HOLDER);
    if (existsSync(holder) && !isAlive(Number(readFileSync(holder, "utf8"))))
      removeEngineFolder(join(tmpdir(), name));
  }
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, HOLDER), String(process.pid));
  return folder;
}

/** Ends what still runs out of a folder, and removes it with all that is mounted in it. */
export function removeEngineFolder(folder: string): void {
  // Shims and a containerd outlive an engine that was killed.
  for (const pid of processesOf(folder)) signal(pid, "SIGKILL");
  for (const mounted of mountsBelow(folder)) execFileSync("umount", ["--lazy", mounted]);
  removeControlGroups(controlGroup(folder));
  // What a container held is unmounted a moment after the engine is gone. The holder goes last: whoever is cut short
  // here leaves a folder that the next start recognises.
  const remove = (path: string): void =>
    rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  for (const name of readdirSync(folder)) if (name !== HOLDER) remove(join(folder, name));
  remove(folder);
}

/** The control group that the containers of a folder's Engines may be below: Engines that are killed leave it behind. */
export const controlGroup = (folder: string): string => `/${basename(folder)}`;

/** Waits until an Engine that was started answers; says what it said last where it does not. */
export async function answers(docker: Docker, child: ChildProcess, log: string): Promise<void> {
  const ended = new Promise<true>((resolve) =>
    child.once("exit", () => resolve(true)).once("error", () => resolve(true)),
  );
  for (let tries = 0; tries < 300; tries++) {
    const pinged = await docker.ping().then(
      () => true,
      () => false,
    );
    if (pinged) return;
    if (await Promise.race([ended, pause(100)])) break;
  }
  const last = readFileSync(log, "utf8").trimEnd().split("\n").slice(-3);
  throw new Error(`the dockerd of this test does not answer:\n${last.join("\n")}`);
}

/** Runs the docker command against the Engine at a socket. */
export function dockerAt(socket: string, ...args: readonly string[]): string {
  return execFileSync("docker", ["-H", `unix://${socket}`, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/** Gives images of this machine's Engine to others; they are read from it once. */
export async function copyImages(
  folder: string,
  images: readonly string[],
  sockets: readonly string[],
): Promise<void> {
  if (images.length === 0) return;
  const file = join(folder, "images.tar");
  await run("docker", ["save", "--output", file, ...images], {
    env: { ...process.env, DOCKER_HOST: HOST_OF_THIS_MACHINE },
  });
  await Promise.all(
    sockets.map((socket) => run("docker", ["-H", `unix://${socket}`, "load", "--input", file])),
  );
  rmSync(file);
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

/** Of every hierarchy, where there are several. */
function removeControlGroups(group: string): void {
  const root = "/sys/fs/cgroup";
  const tops = ["", ...readdirSync(root)].map((hierarchy) => join(root, hierarchy, group));
  for (const top of tops.filter((each) => existsSync(each))) {
    const below = readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
    // A group below another has the longer path.
    for (const path of [top, ...below].sort((a, b) => b.length - a.length)) rmdirSync(path);
  }
}
