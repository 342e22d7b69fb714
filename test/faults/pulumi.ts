import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import type { Compiled } from "./compile";
import { commandOf, isAlive, pause, signal } from "../engine/support/processes";
import { SETTINGS } from "./program/settings";

export const PROJECT = "dwfaults";
export const STACK = "test";
export const SCOPE = `${PROJECT}-${STACK}`;

const PLAIN = ["--non-interactive", "--color=never", "--suppress-progress"] as const;
const UP = ["up", "--yes", "--skip-preview", "--stack", STACK, ...PLAIN] as const;
const DOWN = ["down", "--yes", "--skip-preview", "--stack", STACK, ...PLAIN] as const;

const PLAIN_PREVIEW = ["preview", "--stack", STACK, ...PLAIN] as const;

const PREVIEW = ["preview", "--json", "--show-sames", "--stack", STACK, "--non-interactive"] as const;

const LONGEST_MS = 240_000;

/** What a run of the CLI came to. */
export interface Run {
  /** The exit code, or the signal that ended it. */
  readonly ended: number | string;
  readonly printed: string;
  readonly seconds: number;
}

/** How a run is cut short: by Ctrl-C in its terminal, by a signal to the command alone, or with nobody asked. */
export type Interruption = "Ctrl-C" | "Ctrl-C twice" | "SIGINT" | "SIGKILL";

/** When that happens: so many milliseconds after the start, or once something was printed. */
export interface Moment {
  readonly by: Interruption;
  readonly at: number | RegExp;
}

/** What else a project may be given. */
export interface ProjectOptions {
  /** The name of the folder of its state. */
  readonly state?: string;
  /** The folder of the temporary files of its runs. */
  readonly temporary?: string;
}

/** The Pulumi CLI on the compiled program, with a state of its own. */
export class PulumiProject {
  private running: ChildProcess | undefined;
  private runs = 0;
  /** Language host and plugins of killed runs, which go on without them; with their commands, because a number may soon be another process's. */
  private orphans: { readonly pid: number; readonly command: string }[] = [];

  /**
   * @param dockerHost for the provider as for dockwright's own conversation
   */
  constructor(
    private readonly compiled: Compiled,
    private readonly dockerHost: string,
    private readonly options: ProjectOptions = {},
  ) {
    const runtime =
      'runtime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: "--stack-trace-limit=0"\n';
    writeFileSync(
      join(compiled.folder, "Pulumi.yaml"),
      `name: ${PROJECT}\nmain: ${compiled.program}\n${runtime}`,
    );
    this.forget();
  }

  private get stateFolder(): string {
    return join(this.compiled.folder, this.options.state ?? "state");
  }

  /** Begins with an empty state. */
  forget(): void {
    for (const { pid } of this.alive()) signal(pid, "SIGKILL");
    this.orphans = [];
    rmSync(this.stateFolder, { recursive: true, force: true });
    mkdirSync(this.stateFolder);
    const made = spawnSync("pulumi", ["stack", "init", STACK, "--non-interactive"], {
      cwd: this.compiled.folder,
      env: this.environment(),
      encoding: "utf8",
    });
    if (made.status !== 0) throw new Error(`pulumi stack init failed: ${made.stderr}`);
  }

  /** The CLI itself. */
  up(settings: object): Promise<Run> {
    return this.run("pulumi", [...UP], settings);
  }

  /** The command `dockwright up`, as whoever finds a killed run would type it. */
  dockwrightUp(settings: object): Promise<Run> {
    return this.run(process.execPath, [this.compiled.command, ...UP], settings);
  }

  /** What a person sees. */
  plainPreview(settings: object): Promise<Run> {
    return this.run("pulumi", [...PLAIN_PREVIEW], settings);
  }

  /** The command `dockwright up` or `dockwright down`, cut short. */
  interrupted(verb: "up" | "down", settings: object, moment: Moment): Promise<Run> {
    const args = [this.compiled.command, ...(verb === "up" ? UP : DOWN)];
    return this.run(process.execPath, args, settings, moment);
  }

  dockwrightDown(settings: object): Promise<Run> {
    return this.run(process.execPath, [this.compiled.command, ...DOWN], settings);
  }

  /** A further `up`, which has the host asked for every resource first where it refreshes. */
  again(settings: object, refresh: boolean): Promise<Run> {
    return this.run("pulumi", [...UP, ...(refresh ? ["--refresh"] : [])], settings);
  }

  /** Pulumi's own way to release the lock of a run that was killed. */
  cancel(settings: object): Promise<Run> {
    return this.run("pulumi", ["cancel", "--yes", "--stack", STACK, "--non-interactive"], settings);
  }

  /** The digest that a review reads is what it prints. */
  preview(settings: object): Promise<Run> {
    return this.run("pulumi", [...PREVIEW], settings);
  }

  /** As the kernel's memory killer would: the CLI alone, at once, in the middle of what it does. */
  kill(): void {
    const pid = this.running?.pid;
    if (pid === undefined) return;
    this.orphans.push(...descendants(pid).map((each) => ({ pid: each, command: commandOf(each) })));
    signal(pid, "SIGKILL");
  }

  /** Whether a run is at work. */
  isLocked(): boolean {
    const locks = join(this.stateFolder, ".pulumi/locks");
    return (
      existsSync(locks) &&
      readdirSync(locks, { recursive: true, encoding: "utf8" }).some((name) => name.endsWith(".json"))
    );
  }

  /** The processes of killed runs that are still there, by their commands. */
  get left(): string[] {
    return this.alive().map(({ pid, command }) => `${pid} ${command.replaceAll("\0", " ").trim()}`);
  }

  private alive(): { readonly pid: number; readonly command: string }[] {
    return this.orphans.filter(({ pid, command }) => isAlive(pid) && commandOf(pid) === command);
  }

  /** The state as the file has it. */
  state(): State {
    const stacks = join(this.stateFolder, ".pulumi/stacks", PROJECT);
    const file = join(stacks, `${STACK}.json`);
    if (!existsSync(file)) throw new Error(`no state at ${file}: ${readdirSync(stacks).join(", ")}`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest?: State } };
    return checkpoint.latest ?? {};
  }

  /** Every file of the state, as it is on the disk. */
  stateText(): string {
    return readdirSync(this.stateFolder, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
  }

  private environment(settings?: object): NodeJS.ProcessEnv {
    return {
      ...process.env,
      DOCKER_HOST: this.dockerHost,
      ...(this.options.temporary !== undefined && { TMPDIR: this.options.temporary }),
      PULUMI_BACKEND_URL: `file://${this.stateFolder}`,
      PULUMI_CONFIG_PASSPHRASE: "faults",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_SKIP_CHECKPOINTS: undefined,
      ...(settings && { [SETTINGS]: JSON.stringify(settings) }),
    };
  }

  private async run(
    command: string,
    args: readonly string[],
    settings: object,
    moment?: Moment,
  ): Promise<Run> {
    const log = join(this.compiled.folder, `run-${this.runs++ % 2}.log`);
    // A file, not a pipe: orphans of a killed run keep a pipe open.
    const out = openSync(log, "w");
    const began = Date.now();
    const inTerminal = moment?.by.startsWith("Ctrl-C") ?? false;
    const child = spawn(
      inTerminal ? "script" : command,
      inTerminal ? ["-qefc", [command, ...args].map(quoted).join(" "), "/dev/null"] : args,
      {
        cwd: this.compiled.folder,
        env: this.environment(settings),
        stdio: [inTerminal ? "pipe" : "ignore", out, out],
        // Ctrl-C on the harness itself is not one on the run under way.
        detached: true,
      },
    );
    closeSync(out);
    this.running = child;
    const timer = setTimeout(() => this.kill(), LONGEST_MS);
    const exited = new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, by) => resolve(code ?? by ?? "nothing"));
    });
    if (moment !== undefined) {
      await Promise.race([exited, this.reached(moment.at, log)]);
      if (child.exitCode === null) await this.interrupt(moment.by);
    }
    const ended = await exited;
    clearTimeout(timer);
    this.running = undefined;
    return { ended, printed: readFileSync(log, "utf8"), seconds: (Date.now() - began) / 1000 };
  }

  private async reached(at: Moment["at"], log: string): Promise<void> {
    if (typeof at === "number") await pause(at);
    else while (this.running !== undefined && !at.test(readFileSync(log, "utf8"))) await pause(20);
  }

  private async interrupt(by: Interruption): Promise<void> {
    const pid = this.running?.pid;
    if (pid === undefined) return;
    if (by === "SIGINT") signal(pid, "SIGINT");
    else if (by === "SIGKILL") while (this.running?.exitCode === null && !this.killAll(pid)) await pause(20);
    else {
      this.running?.stdin?.write("\x03");
      await pause(by === "Ctrl-C twice" ? 500 : 0);
      if (by === "Ctrl-C twice") this.running?.stdin?.write("\x03");
    }
  }

  /** Pulumi and the program, which can neither finish nor undo anything. False where none has started yet. */
  private killAll(of: number): boolean {
    const all = descendants(of).map((pid) => ({ pid, command: commandOf(pid) }));
    const isVictim = ({ command }: { command: string }): boolean =>
      /^(\S*\/)?pulumi\0/.test(command) || command.includes("@pulumi/pulumi/cmd/run");
    const victims = all.filter(isVictim);
    for (const { pid } of victims) signal(pid, "SIGKILL");
    if (victims.length > 0) this.orphans.push(...all.filter((each) => !isVictim(each)));
    return victims.length > 0;
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The part of a state that is compared. */
export interface State {
  readonly resources?: readonly {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly delete?: boolean;
    readonly inputs?: Readonly<Record<string, unknown>>;
  }[];
  readonly pending_operations?: readonly unknown[];
}

function descendants(of: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return []; // it ended meanwhile
      }
    });
  const below = (pid: number): number[] =>
    parents.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(of);
}
