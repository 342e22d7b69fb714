import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { largeComposeFile } from "./compose-file";
import { type BenchResult, median, milliseconds } from "./measure";
import { runCommand } from "./process";

const ROUNDS = 9;
const AIM_MS = 300;

/**
 * The load of a Compose file of 2,000 lines after start-up, the first in a process and once it is warm, against the whole
 * command `docker compose config`, in turn. Needs no Engine.
 */
export async function composeLoad(root: string): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "dockwright-bench-"));
  const file = join(folder, "compose.yaml");
  const times = { first: [] as number[], warm: [] as number[], compose: [] as number[] };
  const [node, ...words] = [process.execPath, "--require", "ts-node/register/transpile-only"];
  const program = join(root, "bench/compose-load-program.ts");
  const surroundings = { cwd: root, env: process.env };
  const lines = largeComposeFile();
  const compose = (): Promise<unknown> =>
    runCommand("docker", ["compose", "-f", file, "config", "--format", "json"], surroundings);
  try {
    writeFileSync(file, lines);
    await compose();
    for (let round = 0; round < ROUNDS; round += 1) {
      times.compose.push(await milliseconds(compose));
      const said = await runCommand(node, [...words, program, file], surroundings);
      const [first = NaN, ...more] = JSON.parse(said) as number[];
      times.first.push(first);
      times.warm.push(...more.slice(-3));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const peer = median(times.compose);
  const row = (name: string, ours: number): BenchResult => ({
    name: `a Compose file of ${String(lines.split("\n").length)} lines, ${name}`,
    unit: "ms",
    ours,
    peers: [{ name: "docker compose config", value: peer }],
    ratio: peer / ours,
  });
  return [row("first load", median(times.first)), row("warm", median(times.warm))];
}

export function composeLoadAim([first]: readonly BenchResult[]): string {
  const met = first !== undefined && first.ours < AIM_MS;
  return `aim: the first load of a Compose file of 2,000 lines takes less than ${String(AIM_MS)} ms: ${met ? "met" : "NOT met"}`;
}
