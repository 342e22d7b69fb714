import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What an image holds below a folder (`"context/"`): names relative to it, folders without a trailing `/`, sorted. */
export async function imageFiles(image: string, below: string): Promise<string[]> {
  const { stdout: id } = await run("docker", ["create", image, "none"]);
  try {
    const list = 'docker export "$0" | tar -tf - --quoting-style=literal';
    const { stdout } = await run("sh", ["-c", list, id.trim()], { maxBuffer: 1 << 26 });
    const names = stdout.split("\n").filter((name) => name.startsWith(below));
    return names
      .map((name) => name.slice(below.length).replace(/\/$/, ""))
      .filter((name) => name !== "")
      .sort();
  } finally {
    await run("docker", ["rm", "-f", id.trim()]);
  }
}
