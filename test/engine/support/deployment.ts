import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import vm from "node:vm";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { LocalWorkspace, type OutputMap, type Stack } from "@pulumi/pulumi/automation";
import { docker, removeBuilds } from "./docker";

/** What an `up` or a preview did, by kind of step; unchanged resources left out. */
export interface Steps {
  readonly create?: number;
  readonly update?: number;
  readonly replace?: number;
  readonly delete?: number;
}

/**
 * A real deployment with a state of its own, in a folder of its own.
 * Every object it makes on the host starts with `dw-test-<name>`.
 */
export class Deployment {
  readonly project = "dw-test";
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-"));
  private stack: Stack | undefined;
  /** All that Pulumi printed so far: no secret may be in it. */
  printed = "";

  /** @param name also the stack's name: `<project>-<name>` begins every host name */
  constructor(readonly name: string) {}

  get scope(): string {
    return `${this.project}-${this.name}`;
  }

  async up(
    program: PulumiFn,
    options: { refresh?: boolean } = {},
  ): Promise<{ steps: Steps; outputs: OutputMap }> {
    tolerateEndOfEngine();
    const stack = await this.use(program);
    let identities = 0;
    const result = await letGo(
      stack.up({
        onOutput: this.record,
        refresh: options.refresh ?? false,
        color: "never",
        onEvent: ({ resourcePreEvent }) => {
          if (resourcePreEvent?.metadata.urn.includes(IDENTITY) && resourcePreEvent.metadata.op === "create")
            identities = 1;
        },
      }),
    );
    return { steps: withoutSame(result.summary.resourceChanges, identities), outputs: result.outputs };
  }

  /** Steps by name of resource: `{ web: "replace" }`; unchanged ones left out. */
  async preview(
    program: PulumiFn,
    options: { refresh?: boolean; policyPacks?: string[]; diff?: boolean } = {},
  ): Promise<Record<string, string>> {
    tolerateEndOfEngine();
    const stack = await this.use(program);
    const steps: Record<string, string> = {};
    // A pack looks for its version in the folder of the program, which has none when the program is a function.
    fs.writeFileSync(path.join(this.folder, "package.json"), `{ "version": "1.0.0" }`);
    const previewed = stack.preview({
      onOutput: this.record,
      color: "never",
      refresh: options.refresh ?? false,
      diff: options.diff ?? false,
      ...(options.policyPacks && { policyPacks: options.policyPacks }),
      onEvent: ({ resourcePreEvent }) => {
        const { op, urn } = resourcePreEvent?.metadata ?? {};
        if (op === undefined || urn === undefined || op === "same" || op === "read" || op === "refresh")
          return;
        if (urn.includes(IDENTITY)) return;
        const [type, resource] = urn.split("::").slice(-2);
        const key = `${type?.split("$").pop()?.split(":").pop() ?? ""} ${resource ?? ""}`;
        if (!(key in steps) || op === "replace") steps[key] = op;
      },
    });
    await letGo(previewed);
    return steps;
  }

  /** Every file of the state, as bytes on disk. */
  stateFiles(): string {
    const read = (folder: string): string =>
      fs
        .readdirSync(folder, { withFileTypes: true })
        .map((entry) => {
          const at = path.join(folder, entry.name);
          return entry.isDirectory() ? read(at) : fs.readFileSync(at, "utf8");
        })
        .join("\n");
    return read(path.join(this.folder, "state"));
  }

  /** Destroys the stack, and the volumes that it keeps on purpose. */
  async cleanUp(): Promise<void> {
    await this.destroy();
    for (const volume of docker(
      "volume",
      "ls",
      "-q",
      "--filter",
      `label=com.docker.compose.project=${this.scope}`,
    ).split("\n")) {
      if (volume !== "") docker("volume", "rm", volume);
    }
    removeBuilds(this.scope);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Docker 20.10 at times keeps a network whose containers are gone, until it is restarted. Nothing else is left then. */
  private isHeldByNobody(): boolean {
    const own = [
      ...["--filter", `label=io.dockwright.project=${this.project}`],
      ...["--filter", `label=io.dockwright.stack=${this.name}`],
    ];
    const networks = docker("network", "ls", "-q", ...own)
      .split("\n")
      .filter(Boolean);
    const members = networks.map((id) => docker("network", "inspect", "--format", "{{len .Containers}}", id));
    return (
      networks.length > 0 && members.every((count) => count === "0") && docker("ps", "-aq", ...own) === ""
    );
  }

  async destroy(): Promise<void> {
    await this.stack
      ?.destroy({ onOutput: this.record, color: "never", parallel: 4 })
      .catch((error: unknown) => {
        if (!this.isHeldByNobody()) throw error;
        console.warn(
          `Docker did not let go of a network of ${this.scope}: a fault of its own (moby/moby#42119)`,
        );
      });
  }

  private readonly record = (text: string): void => {
    this.printed += text;
  };

  private async use(program: PulumiFn): Promise<Stack> {
    const state = path.join(this.folder, "state");
    fs.mkdirSync(state, { recursive: true });
    this.stack ??= await LocalWorkspace.createOrSelectStack(
      { stackName: this.name, projectName: this.project, program },
      {
        workDir: this.folder,
        projectSettings: { name: this.project, runtime: "nodejs", backend: { url: `file://${state}` } },
        envVars: {
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_BACKEND_URL: `file://${state}`,
        },
      },
    );
    this.stack.workspace.program = program;
    return this.stack;
  }
}

/** The resource that keeps the stack's identity: made by the first `up`, and no part of what a test asks for. */
const IDENTITY = "pulumi:index:Stash::dockwright";

function withoutSame(changes: Record<string, number> | undefined, identities: number): Steps {
  const counted = Object.entries(changes ?? {}).map(
    ([kind, count]) => [kind, kind === "create" ? count - identities : count] as const,
  );
  return Object.fromEntries(counted.filter(([kind, count]) => kind !== "same" && count > 0));
}

/**
 * Pulumi has one place in a process for the engine that a program talks to. A program whose engine stopped half-way clears it a
 * moment later, also where it is another one's by then: that would end at once, and in green.
 */
async function letGo<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    await pause(LETS_GO_MS);
    throw error;
  }
}

const LETS_GO_MS = 1000;

/**
 * A program in this process is told by a rejected promise that the engine stopped half-way; Pulumi's own handler ignores
 * it, but Jest takes it for a failure of the test. Only those rejections are let through.
 */
function tolerateEndOfEngine(): void {
  const real = vm.runInThisContext("process") as NodeJS.Process;
  const listeners = real.listeners("unhandledRejection");
  if (listeners.some((each) => each.name === "tolerant")) return;
  real.removeAllListeners("unhandledRejection");
  real.on("unhandledRejection", function tolerant(reason, promise) {
    if (/Resource monitor is terminating|client connection is closing|14 UNAVAILABLE/.test(String(reason)))
      return;
    for (const listener of listeners) listener(reason, promise);
  });
}
