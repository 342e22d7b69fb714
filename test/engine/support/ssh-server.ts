import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import type { HostSsh } from "../../../components/host/args";
import { freePort } from "./free-port";

/**
 * A real OpenSSH server on a free port of the loopback address, with keys of its own; it lets the user of this process in
 * and hands DOCKER_HOST to what it runs. It lives in a temporary folder and ends with `stop`.
 */
export class SshServer {
  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** @param options further lines of sshd_config */
  static async start(dockerHost: string, options: readonly string[] = []): Promise<SshServer> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-ssh-"));
    for (const name of ["host", "user", "stranger"])
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path.join(folder, name)]);
    fs.copyFileSync(path.join(folder, "user.pub"), path.join(folder, "authorized"));
    const port = await freePort();
    const hostKey = fs.readFileSync(path.join(folder, "host.pub"), "utf8");
    fs.writeFileSync(path.join(folder, "known"), `[127.0.0.1]:${String(port)} ${hostKey}`);
    fs.writeFileSync(
      path.join(folder, "config"),
      [
        "ListenAddress 127.0.0.1",
        `Port ${String(port)}`,
        `HostKey ${path.join(folder, "host")}`,
        `AuthorizedKeysFile ${path.join(folder, "authorized")}`,
        `SetEnv DOCKER_HOST=${dockerHost} PATH="${process.env["PATH"] ?? ""}"`,
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "PermitRootLogin prohibit-password",
        "StrictModes no",
        "UsePAM no",
        "PidFile none",
        ...options,
        "",
      ].join("\n"),
    );
    const server = new SshServer(folder, port, launch(folder));
    await server.listens();
    return server;
  }

  get address(): string {
    return `ssh://${os.userInfo().username}@127.0.0.1:${String(this.port)}`;
  }

  /** What a DockerHost needs to be let in. */
  get ssh(): HostSsh {
    return { identityFile: path.join(this.folder, "user"), knownHostsFile: path.join(this.folder, "known") };
  }

  /** The same with one connection for all calls, as Docker's own pages advise. Who is in once is not asked again. */
  get sharedSsh(): HostSsh {
    const options = {
      ControlMaster: "auto",
      ControlPath: path.join(this.folder, "%C"),
      ControlPersist: "10",
    };
    return { ...this.ssh, options };
  }

  /** A key that the server does not know. */
  get stranger(): string {
    return path.join(this.folder, "stranger");
  }

  /** How many logins it let in so far. */
  get logins(): number {
    return this.log.split("Accepted publickey").length - 1;
  }

  get log(): string {
    return fs.readFileSync(path.join(this.folder, "log"), "utf8");
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    if (this.child.exitCode === null && this.child.kill("SIGTERM")) await ended;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async listens(): Promise<void> {
    for (let tries = 0; tries < 100 && this.child.exitCode === null; tries += 1) {
      if (this.log.includes("Server listening")) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    this.child.kill("SIGTERM");
    throw new Error(`the SSH server did not start: ${this.log.slice(-1000)}`);
  }
}

/**
 * Run by root, the server insists on a user `sshd` and a folder `/run/sshd`, which come with the installed package. It
 * sees both in a mount namespace of its own; the machine is unchanged.
 */
function launch(folder: string): ChildProcess {
  const unpacked = path.resolve(__dirname, "../../../.dockwright/sshd");
  const program = [path.join(unpacked, "usr/sbin/sshd"), "/usr/sbin/sshd"].find((at) => fs.existsSync(at));
  if (program === undefined) throw new Error("no SSH server is here; run: tools/bootstrap sshd");
  const libraries = fs.existsSync(path.join(unpacked, "usr/lib"))
    ? fs
        .readdirSync(path.join(unpacked, "usr/lib"))
        .map((folderOfLibraries) => path.join(unpacked, "usr/lib", folderOfLibraries))
    : [];
  const serve = [program, "-D", "-e", "-f", path.join(folder, "config")];
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const passwd = fs.readFileSync("/etc/passwd", "utf8");
    const line = "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n";
    fs.writeFileSync(path.join(folder, "passwd"), /^sshd:/m.test(passwd) ? passwd : passwd + line);
  }
  const seen = 'mount --bind "$0" /etc/passwd && mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec "$@"';
  const [command = "", ...args] = isRoot
    ? ["unshare", "--mount", "sh", "-c", seen, path.join(folder, "passwd"), ...serve]
    : serve;
  const log = fs.openSync(path.join(folder, "log"), "w");
  const child = spawn(command, args, {
    stdio: ["ignore", log, log],
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(":") },
  });
  fs.closeSync(log);
  // A test that is cut short leaves no server behind.
  process.once("exit", () => child.kill("SIGTERM"));
  return child;
}
