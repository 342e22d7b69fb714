import { rmSync } from "node:fs";
import { join } from "node:path";

import { compile } from "./compile";
import { pause } from "../engine/support/processes";
import { fault, type Mode } from "./modes";
import { differences } from "./observe";
import { EngineProxy } from "./proxy";
import { PulumiProject, type Run } from "./pulumi";
import type { Scenario } from "./scenario";
import { Containers } from "./scenarios/containers";

/** One fault and what came of it. */
export interface Result {
  readonly mode: Mode;
  readonly n: number;
  /** The call that it struck; "not reached" where the run made fewer calls. */
  readonly call: string;
  /** What the disturbed run itself came to: its exit code, or SIGKILL. */
  readonly ended: number | string;
  readonly converged: boolean;
  readonly seconds: number;
  readonly problem?: string;
}

/** A deployment on an Engine of its own, reached through the proxy. */
export class DeploymentUnderFire {
  private version = 0;
  /** The end state of an update without a fault. */
  private wanted: object | undefined;
  private restarting: Promise<void> | undefined;

  private constructor(
    private readonly scenario: Scenario,
    private readonly proxy: EngineProxy,
    private readonly project: PulumiProject,
    private readonly compiled: string,
  ) {}

  /** Starts all of it and deploys the first version. */
  static async start(
    begin: () => Promise<Scenario> = () => Containers.start(),
  ): Promise<DeploymentUnderFire> {
    const scenario = await begin();
    const compiled = compile(scenario.program, "test/faults/program/settings.ts");
    const proxy = new EngineProxy(join(scenario.folder, "proxy.sock"), scenario.socket);
    try {
      await proxy.start();
      const project = new PulumiProject(compiled, `unix://${proxy.at}`);
      const made = new DeploymentUnderFire(scenario, proxy, project, compiled.folder);
      await made.firstVersion();
      return made;
    } catch (error) {
      await proxy.stop();
      await scenario.stop();
      rmSync(compiled.folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.restarting;
    await this.proxy.stop();
    await this.scenario.stop();
    rmSync(this.compiled, { recursive: true, force: true });
  }

  /** An update without a fault: it sets what is wanted of all others. Gives its calls. */
  async undisturbed(): Promise<readonly string[]> {
    this.proxy.arm();
    green(await this.up());
    const calls = this.proxy.calls.map(({ text }) => text);
    green(await this.up(this.version), true);
    const view = await this.view();
    const found = this.wanted === undefined ? this.scenario.wrong(view) : differences(this.wanted, view);
    if (found.length > 0) throw new Error(`without any fault:\n${found.join("\n")}`);
    this.wanted = view;
    return calls;
  }

  /** The next update, and a second run while the first is at work. */
  async together(): Promise<{ first: Run; second: Run; problems: readonly string[] }> {
    const first = this.up(this.version + 1, "dockwright");
    while (!this.project.isLocked()) await pause(20);
    const second = await this.up(this.version, "dockwright");
    const ended = await first;
    const problems = differences(this.wanted, await this.view());
    return { first: ended, second, problems };
  }

  /**
   * An update with a fault at one call, then a plain `up` without: is everything as if nothing had been?
   *
   * @param at the number of the call, or its text
   */
  async disturbed(mode: Mode, at: number | string): Promise<Result> {
    const began = Date.now();
    const before = this.version;
    this.proxy.arm(
      fault(mode, at, {
        kill: () => this.project.kill(),
        restart: () => {
          this.proxy.forgetEngine();
          return (this.restarting = this.scenario.restart());
        },
      }),
    );
    const hit = await this.up();
    const { struck } = this.proxy;
    await this.restarting;
    this.proxy.arm();
    const problem = await this.recovered(hit, struck !== undefined, mode);
    if (problem !== undefined) await this.afresh();
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    const n = struck?.n ?? (typeof at === "number" ? at : 0);
    const call = struck?.text ?? "not reached";
    const common = { mode, n, call, ended: hit.ended, converged: problem === undefined, seconds };
    return problem === undefined
      ? common
      : { ...common, problem: `v${before} -> v${before + 1}: ${problem}` };
  }

  private async recovered(hit: Run, struck: boolean, mode: Mode): Promise<string | undefined> {
    if (mode === "kill" && struck && hit.ended !== "SIGKILL") return `the killed run ended with ${hit.ended}`;
    const repair = await this.up(this.version, "dockwright");
    const { left } = this.project;
    if (repair.ended !== 0) return `the plain up failed: ${why(repair)}`;
    if (left.length > 0)
      return `processes of the killed run go on: ${left.join("; ")}; it said: ${why(repair)}`;
    const found = differences(this.wanted, await this.view());
    if (found.length > 0) return found.join("; ");
    const second = await this.up(this.version);
    return isUnchanged(second) ? undefined : `the second up was not empty: ${why(second)}`;
  }

  /** A case that did not converge must not spoil the next: everything is removed, by the Engine itself, and deployed again. */
  private async afresh(): Promise<void> {
    await this.scenario.clear();
    this.project.forget();
    this.wanted = undefined;
    await this.firstVersion();
    await this.undisturbed();
  }

  private async firstVersion(): Promise<void> {
    green(await this.up());
    await this.scenario.begun();
  }

  private view(): Promise<object> {
    return this.scenario.view(this.project.state(), versionText(this.version));
  }

  /** @param version @defaultValue the next */
  private async up(version = this.version + 1, by: "pulumi" | "dockwright" = "pulumi"): Promise<Run> {
    this.version = version;
    const settings = this.scenario.settings(versionText(version));
    return by === "pulumi" ? this.project.up(settings) : this.project.dockwrightUp(settings);
  }
}

const versionText = (version: number): string => `version-${String(version).padStart(5, "0")}`;

function green(run: Run, empty = false): void {
  if (run.ended !== 0) throw new Error(`without any fault, up ended with ${run.ended}: ${why(run)}`);
  if (empty && !isUnchanged(run))
    throw new Error(`without any fault, the second up was not empty: ${why(run)}`);
}

/** Whether an `up` went through and had nothing to do. */
export const isUnchanged = ({ ended, printed }: Run): boolean =>
  ended === 0 && /Resources:\n\s+\d+ unchanged\n/.test(printed);

/** The lines that say something: errors first, else the last ones. */
export function why({ printed }: Run): string {
  const lines = printed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) =>
    /error|warning: .*fail|\b(?:creat|updat|replac|delet)(?:ed|ing)\b/i.test(line),
  );
  return (errors.length > 0 ? errors : lines).slice(-6).join(" | ").slice(0, 1500);
}
