/** Docker Compose itself: what it makes of a file is what dockwright must make of it. Needs no daemon. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Answer {
  /** Undefined where Compose refuses the file. */
  readonly project: unknown;
  readonly stderr: string;
}

export interface Question {
  readonly folder: string;
  readonly files: readonly string[];
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The only variables that a question is asked with, beside its own. */
export const VARIABLES = { HOME: "/home/user", PATH: "/usr/local/bin:/usr/bin:/bin" };

export function ask({ folder, files, args = [], environment = {} }: Question): Promise<Answer> {
  const [command, ...first] = compose();
  const words = [...first, ...files.flatMap((file) => ["-f", file]), ...args, "config", "--format", "json"];
  return new Promise((done) => {
    execFile(
      command,
      words,
      { cwd: folder, env: { ...VARIABLES, ...environment }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        done({ project: error === null ? (JSON.parse(stdout) as unknown) : undefined, stderr });
      },
    );
  });
}

/** The plugin by itself, which starts in half the time of the docker command. */
function compose(): [string, ...string[]] {
  const folders = [
    join(homedir(), ".docker/cli-plugins"),
    "/usr/local/lib/docker/cli-plugins",
    "/usr/local/libexec/docker/cli-plugins",
    "/usr/lib/docker/cli-plugins",
    "/usr/libexec/docker/cli-plugins",
  ];
  const plugin = folders.map((folder) => join(folder, "docker-compose")).find(existsSync);
  return plugin === undefined ? ["docker", "compose"] : [plugin];
}

/** Calls `work` for each item, two at a time. */
export async function inTwos<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all([lane(), lane()]);
}
