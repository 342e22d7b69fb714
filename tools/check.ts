/**
 * The quality gate: `npm run check`, or `npm run check -- lint types` for some stages only.
 * One line per stage, and the whole output of a stage that fails.
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type StagedPackage, stagePackage } from "./stage-package";

const root = resolve(__dirname, "..");
const sources = ["components", "stacks", "index.ts", "test", "bench", "tools"].filter((path) =>
  existsSync(join(root, path)),
);

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
  /** False if an earlier stage failed, so that there is nothing to check. */
  readonly ran?: boolean;
}

interface Stage {
  readonly name: string;
  readonly remedy: string;
  run(): Promise<Outcome>;
}

/** The library is built once, for every stage that looks at what is published. */
let library: Promise<StagedPackage> | undefined;

async function build(): Promise<Outcome> {
  try {
    await (library ??= stagePackage());
    return { ok: true, output: "" };
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
}

async function onLibrary(check: (library: StagedPackage) => Promise<Outcome>): Promise<Outcome> {
  const built = await (library ??= stagePackage()).catch(() => undefined);
  return built === undefined ? { ok: false, ran: false, output: "" } : check(built);
}

const stages: readonly Stage[] = [
  {
    name: "lint",
    remedy: "npm run format fixes some of it",
    run: () => tool("eslint", ["--max-warnings", "0", "."]),
  },
  { name: "build", remedy: "", run: build },
  {
    name: "types",
    remedy: "",
    run: () =>
      tool("tsc", [
        "-p",
        ".",
        "--incremental",
        "--tsBuildInfoFile",
        "node_modules/.cache/dockwright/types.json",
      ]),
  },
  {
    name: "format",
    remedy: "npm run format fixes it",
    run: () => tool("prettier", ["--check", "--log-level", "warn", ".", "!.dockwright/**"]),
  },
  {
    name: "prose",
    remedy: "write what each line says, or correct the table in tools/prose/phrases.ts",
    run: () => tool("ts-node", ["-T", "tools/prose/main.ts"]),
  },
  {
    name: "imports",
    remedy: "docs/architecture.md says who may import whom",
    run: () =>
      tool("depcruise", [
        "--config",
        "tools/dependency-cruiser.cjs",
        "--output-type",
        "err-long",
        ...sources,
      ]),
  },
  {
    name: "unused",
    remedy: "remove it, or use it",
    run: () => tool("knip", ["--config", "tools/knip.json", "--no-progress", "--no-config-hints"]),
  },
  {
    name: "api",
    remedy: "npm run api:update writes docs/api.md",
    run: () => onLibrary(({ folder }) => tool("ts-node", ["-T", "tools/api-report.ts", folder])),
  },
  {
    name: "package",
    remedy: "",
    run: () => onLibrary(({ tarball }) => tool("publint", ["run", tarball, "--strict"])),
  },
  {
    name: "resolution",
    remedy: "",
    run: () =>
      onLibrary(({ tarball }) =>
        tool("attw", [tarball, "--no-definitely-typed", "--no-emoji", "--format", "ascii"]),
      ),
  },
];

function tool(name: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(join(root, "node_modules/.bin", name), args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer): void => void chunks.push(chunk);
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => {
      done({ ok: false, output: `${name} does not start: ${error.message}; remedy: npm ci` });
    });
    child.on("close", (code) => {
      done({ ok: code === 0, output: Buffer.concat(chunks).toString().trim() });
    });
  });
}

function describe({ name, remedy }: Stage, { ok, output, ran }: Outcome): string {
  if (ok) return `${name} ok`;
  if (ran === false) return `${name} not run: the library does not build`;
  return `${name} FAILED${remedy === "" ? "" : ` (${remedy})`}\n${output}\n`;
}

/** Two at a time: the slow stages come first, and two cores are what everybody has. */
async function runAll(chosen: readonly Stage[]): Promise<string[]> {
  const queue = [...chosen];
  const failed: string[] = [];
  const lane = async (): Promise<void> => {
    for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) {
      const outcome = await stage.run();
      if (!outcome.ok) failed.push(stage.name);
      console.log(describe(stage, outcome));
    }
  };
  await Promise.all([lane(), lane()]);
  return failed;
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(
      `no such stage: ${unknown.join(", ")}; known: ${stages.map((stage) => stage.name).join(", ")}`,
    );
    return 1;
  }
  const failed = await runAll(stages.filter((stage) => names.length === 0 || names.includes(stage.name)));
  (await library?.catch(() => undefined))?.remove();
  console.log(failed.length === 0 ? "all checks passed" : `failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
