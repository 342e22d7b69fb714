import { createRequire } from "node:module";
import * as path from "node:path";
import type { RuntimeOptions } from "./options";

/** The request of the engine to run a program; addresses are `host:port`. */
export interface Program {
  readonly engine: string;
  readonly monitor: string;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly rootDirectory: string;
  readonly programDirectory: string;
  /** Relative to the program directory; `.` lets package.json decide. */
  readonly entryPoint: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly args: readonly string[];
}

/** Node's arguments for a program: its own, then the SDK's runner, then what the runner asks for. */
export function programArguments(runner: string, program: Program, options: RuntimeOptions): string[] {
  const named: readonly (readonly [string, string])[] = [
    ["monitor", program.monitor],
    ["engine", program.engine],
    ["organization", program.organization],
    ["project", program.project],
    ["stack", program.stack],
    ["root-directory", program.rootDirectory],
    ["pwd", program.programDirectory],
    ["parallel", String(program.parallel)],
  ];
  return [
    ...options.nodeargs,
    runner,
    ...named.flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(program.dryRun ? ["--dry-run"] : []),
    program.entryPoint || ".",
    ...program.args,
  ];
}

/** Node's arguments for a plugin written in Node: a policy pack takes its folder last, every other kind first. */
export function pluginArguments(
  runner: string,
  plugin: { readonly kind: string; readonly directory: string; readonly args: readonly string[] },
  options: RuntimeOptions,
): string[] {
  const { kind, directory, args } = plugin;
  return [...options.nodeargs, runner, ...(isPolicyPack(kind) ? [...args, directory] : [directory, ...args])];
}

/** The SDK's module that runs plugins of a kind. */
export function pluginRunner(kind: string): string {
  return `@pulumi/pulumi/cmd/${isPolicyPack(kind) ? "run-policy-pack" : "run-plugin"}`;
}

const isPolicyPack = (kind: string): boolean => kind === "analyzer";

/** The environment by which the SDK learns of TypeScript; nothing of `base` is lost. */
export function typescriptEnvironment(options: RuntimeOptions, base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...base,
    ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
}

/** The environment by which the SDK learns of the stack's configuration: values by full key, and which are secret. */
export function configEnvironment(
  values: ReadonlyMap<string, string>,
  secretKeys: readonly string[],
): NodeJS.ProcessEnv {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
}

/** `NAME=value` lines as an environment; a value may hold further equals signs. */
export function environmentOf(lines: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    lines
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

/** The SDK of a program is the one its own folder resolves, never this repository's. */
export function resolveFrom(directory: string, module: string): string | undefined {
  try {
    return createRequire(path.join(directory, "program.js")).resolve(module);
  } catch {
    return undefined;
  }
}

/** The exit code by which the SDK says "I have reported the error already". */
const BAIL = 32;

/** How a program ended: an error to print, a bail, or neither when it succeeded. */
export function outcome(code: number | null, signal: string | null): { error?: string; bail?: boolean } {
  if (code === 0) return {};
  if (code === BAIL) return { bail: true };
  return {
    error: code === null ? `the program was ended by ${signal}` : `the program exited with code ${code}`,
  };
}
