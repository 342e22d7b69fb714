/** The attribute files of Pulumi's file backend. */

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ATTRIBUTES = ".attrs";

/**
 * Removes incomplete ones and returns the names of their files. Pulumi writes them in place: a run that is killed at that
 * moment leaves them incomplete, and every later command fails with "failed to load checkpoint: EOF". They only hold a
 * content type and a checksum; a file without attributes is still readable.
 */
export async function removeTorn(folder: string): Promise<string[]> {
  const stacks = join(folder, ".pulumi/stacks");
  if (!existsSync(stacks)) return [];
  const isTorn = (name: string): boolean => !isWhole(join(stacks, name));
  const perhaps = readdirSync(stacks, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(ATTRIBUTES) && isTorn(name),
  );
  // Or another process is writing them.
  if (perhaps.length > 0) await pause(200);
  const torn = perhaps.filter(isTorn);
  for (const name of torn) rmSync(join(stacks, name), { force: true });
  return torn.map((name) => name.slice(0, -ATTRIBUTES.length));
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch (error) {
    // It was removed, or is not readable.
    return !(error instanceof SyntaxError);
  }
}
