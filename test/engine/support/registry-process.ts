import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { hashSync } from "bcryptjs";

export interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * A real registry (CNCF Distribution), with a login or open to all, on a free port, with a storage of its own. It lives in a
 * temporary folder and ends with `stop`.
 */
export class RegistryProcess {
  private constructor(
    /** Host and port, such as `127.0.0.1:34567`. */
    readonly address: string,
    private readonly login: Login | undefined,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * @param login who may use it; without one, everybody
   * @param address @defaultValue the loopback address
   */
  static async start(login?: Login, address = "127.0.0.1"): Promise<RegistryProcess> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-registry-"));
    fs.writeFileSync(path.join(folder, "config.yml"), config(folder, address, login));
    const log = fs.openSync(path.join(folder, "log"), "w");
    const child = spawn(program(), ["serve", path.join(folder, "config.yml")], {
      stdio: ["ignore", log, log],
    });
    fs.closeSync(log);
    const port = await portOf(path.join(folder, "log"), child);
    return new RegistryProcess(`${address}:${port}`, login, folder, child);
  }

  /** The digest that the registry itself has for a tag; undefined where it has none. */
  async digest(repository: string, tag: string): Promise<string | undefined> {
    const answer = await this.manifest(repository, tag);
    return answer.ok ? (answer.headers.get("docker-content-digest") ?? undefined) : undefined;
  }

  /** Moves a tag to another image of the repository, as somebody else's push would. */
  async moveTag(repository: string, tag: string, digest: string): Promise<void> {
    const manifest = await this.manifest(repository, digest);
    const moved = await this.manifest(repository, tag, await manifest.text());
    if (!moved.ok) throw new Error(`the registry did not move the tag: ${await moved.text()}`);
  }

  private manifest(repository: string, at: string, body?: string): Promise<Response> {
    const type = "application/vnd.docker.distribution.manifest.v2+json";
    return fetch(`http://${this.address}/v2/${repository}/manifests/${at}`, {
      ...(body !== undefined && { method: "PUT", body }),
      headers: {
        accept: type,
        ...(this.login && { authorization: `Basic ${base64(this.login)}` }),
        ...(body !== undefined && { "content-type": type }),
      },
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    if (this.child.exitCode === null && this.child.kill("SIGTERM")) await ended;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** As HTTP's basic authentication sends a login: in plain text for whoever decodes it. */
export function base64({ username, password }: Login): string {
  return Buffer.from(`${username}:${password}`).toString("base64");
}

/** Debian's package docker-registry, or the same program under its upstream name. */
function program(): string {
  const here = path.resolve(__dirname, "../../../.dockwright/registry/usr/bin/docker-registry");
  const found = [here, "docker-registry", "registry"].find((candidate) => {
    try {
      return execFileSync(candidate, ["--version"], { encoding: "utf8" }).includes("distribution");
    } catch {
      return false;
    }
  });
  if (found === undefined) {
    throw new Error(
      'the registry test needs the program docker-registry; run "tools/bootstrap", which brings it',
    );
  }
  return found;
}

/** Port 0: the system picks a free one, and the log says which. */
function config(folder: string, address: string, login: Login | undefined): string {
  const users = path.join(folder, "htpasswd");
  if (login) fs.writeFileSync(users, `${login.username}:${hashSync(login.password, 5)}\n`);
  // YAML takes JSON.
  return JSON.stringify({
    version: 0.1,
    log: { level: "info", formatter: "json" },
    storage: { filesystem: { rootdirectory: path.join(folder, "storage") } },
    http: { addr: `${address}:0` },
    ...(login && { auth: { htpasswd: { realm: "test", path: users } } }),
  });
}

async function portOf(log: string, child: ChildProcess): Promise<string> {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    const port = /listening on [\d.]+:(\d+)/.exec(fs.readFileSync(log, "utf8"))?.[1];
    if (port !== undefined) return port;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGTERM");
  throw new Error(`the registry did not start: ${fs.readFileSync(log, "utf8").slice(-500)}`);
}
