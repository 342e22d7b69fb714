import { execFile } from "node:child_process";

/** What a command prints. Throws an Error whose message is all its output. */
export function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(new Error(`${stdout}${stderr}`.trim() || error.message));
    });
  });
}
