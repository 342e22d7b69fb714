/** The state files of a file backend, read without starting Pulumi. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The states of all stacks of that name; without one, of all stacks. */
export function stateTexts(folder: string, stack: string | undefined): string[] {
  const states = join(folder, ".pulumi/stacks");
  if (!existsSync(states)) return [];
  const name = stack?.split("/").at(-1);
  return readdirSync(states, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .filter((file) => name === undefined || new RegExp(`(^|[\\\\/])${escaped(name)}\\.json`).test(file))
    .map((file) => {
      const bytes = readFileSync(join(states, file));
      return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    });
}

/** Whether any of them has a pending operation. */
export function mayHavePending(folder: string, stack: string | undefined): boolean {
  return stateTexts(folder, stack).some((text) => text.includes('"pending_operations"'));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
