/** Runs the pulumi command. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";

/** The folder and stack of a command. */
export interface Target {
  readonly stack: string | undefined;
  readonly folder: string | undefined;
}

/** Its output; undefined if it failed. */
export function ask({ stack, folder }: Target, words: readonly string[], input?: string): string | undefined {
  const options = [
    ...(stack === undefined ? [] : ["--stack", stack]),
    ...(folder === undefined ? [] : ["--cwd", folder]),
  ];
  const { status, stdout } = spawnSync("pulumi", [...words, ...options, "--non-interactive"], {
    encoding: "utf8",
    input: input ?? "",
    maxBuffer: 1024 * 1024 * 1024,
  });
  return status === 0 ? stdout : undefined;
}

/**
 * Runs it in the current terminal and returns its exit code: 0, 1 for every failure code of Pulumi, or 128 plus the
 * number of the signal that ended it.
 * A terminal sends Ctrl-C to both processes; a signal sent only to this process is forwarded, so that Pulumi completes its
 * current operations.
 */
export async function run(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<number> {
  // A command passes on its environment.
  // eslint-disable-next-line no-restricted-properties -- the rule is for components
  const env = { ...process.env, ...variables };
  const child = spawn("pulumi", words, { stdio: "inherit", env });
  const interactive = process.stdin.isTTY || process.stdout.isTTY;
  const onInterrupt = (): unknown => interactive || child.kill("SIGINT");
  const onTerminate = (): unknown => child.kill("SIGTERM");
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate).on("SIGHUP", onTerminate);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) =>
        resolve(code === null ? 128 + constants.signals[signal ?? "SIGTERM"] : meant(code)),
      );
    });
  } finally {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate).off("SIGHUP", onTerminate);
  }
}

/** Pulumi exits with 255 for most failures; 130 and 143 mean that it was interrupted. */
function meant(code: number): number {
  return code === 0 || code === 130 || code === 143 ? code : 1;
}

/** The folder of the Pulumi project: this one or the nearest parent. */
export function projectFolder({ folder }: Target): string {
  const start = resolve(folder ?? ".");
  for (let at = start; ; at = resolve(at, "..")) {
    if (existsSync(join(at, "Pulumi.yaml")) || existsSync(join(at, "Pulumi.yml"))) return at;
    if (at === resolve(at, "..")) return start;
  }
}
