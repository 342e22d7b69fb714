import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs a script of Node in a network namespace, and goes on when it has said "ready". It ends with this process, however that
 * ends.
 *
 * @param namespace as `nsenter --net=` takes it; without one, this machine's own
 */
export async function runInside(
  namespace: string | undefined,
  script: string,
  words: readonly string[],
): Promise<ChildProcess> {
  const inside = namespace === undefined ? [] : ["nsenter", `--net=${namespace}`];
  const child = spawn(
    "setpriv",
    ["--pdeathsig", "KILL", ...inside, process.execPath, "-e", script, ...words],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [said] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [unknown];
  if (String(said).trim() !== "ready") throw new Error(`nothing is led on: ${words.join(" ")}`);
  child.unref();
  return child;
}
