import { spawn } from "node:child_process";

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** How long the command may take. @defaultValue three minutes */
  readonly longestMs?: number;
}

const LONGEST_MS = 180_000;

/** Runs a command to its end and gives its standard output; a failure is an error that holds the last lines of both outputs. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, longestMs = LONGEST_MS }: Surroundings,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: longestMs });
    const said = { out: "", all: "" };
    child.stdout.on("data", (piece: Buffer) => {
      said.out += piece.toString();
      said.all += piece.toString();
    });
    child.stderr.on("data", (piece: Buffer) => (said.all += piece.toString()));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve(said.out);
        return;
      }
      const last = said.all.trimEnd().split("\n").slice(-30).join("\n");
      reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? String(code)}:\n${last}`));
    });
  });
}
