import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { LocalWorkspace, type OutputMap, type Stack } from "@pulumi/pulumi/automation";
import { docker } from "./docker";

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
    const stack = await this.use(program);
    const result = await stack.up({
      onOutput: this.record,
      refresh: options.refresh ?? false,
      color: "never",
    });
    return { steps: withoutSame(result.summary.resourceChanges), outputs: result.outputs };
  }

  /** Steps by name of resource: `{ web: "replace" }`; unchanged ones left out. */
  async preview(program: PulumiFn, options: { refresh?: boolean } = {}): Promise<Record<string, string>> {
    const stack = await this.use(program);
    const steps: Record<string, string> = {};
    await stack.preview({
      onOutput: this.record,
      color: "never",
      refresh: options.refresh ?? false,
      onEvent: ({ resourcePreEvent }) => {
        const { op, urn } = resourcePreEvent?.metadata ?? {};
        if (op === undefined || urn === undefined || op === "same" || op === "read" || op === "refresh")
          return;
        const [type, resource] = urn.split("::").slice(-2);
        const key = `${type?.split("$").pop()?.split(":").pop() ?? ""} ${resource ?? ""}`;
        if (!(key in steps) || op === "replace") steps[key] = op;
      },
    });
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
    await this.stack?.destroy({ onOutput: this.record, color: "never" });
    for (const volume of docker(
      "volume",
      "ls",
      "-q",
      "--filter",
      `label=com.docker.compose.project=${this.scope}`,
    ).split("\n")) {
      if (volume !== "") docker("volume", "rm", volume);
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  async destroy(): Promise<void> {
    await this.stack?.destroy({ onOutput: this.record, color: "never" });
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

function withoutSame(changes: Record<string, number> | undefined): Steps {
  return Object.fromEntries(Object.entries(changes ?? {}).filter(([kind]) => kind !== "same"));
}
