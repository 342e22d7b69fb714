/** The facts that Pulumi's file backend keeps beside each of its files. */

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ATTRIBUTES = ".attrs";

/**
 * Removes those that are cut off, and gives the names of their files. Pulumi writes them in place: a run that is killed at
 * that moment leaves half of them, and every later command ends with "failed to load checkpoint: EOF". They hold a
 * content type and a checksum only; a file without any is read as ever.
 */
export async function removeTorn(folder: string): Promise<string[]> {
  const stacks = join(folder, ".pulumi/stacks");
  if (!existsSync(stacks)) return [];
  const isTorn = (name: string): boolean => !isWhole(join(stacks, name));
  const perhaps = readdirSync(stacks, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(ATTRIBUTES) && isTorn(name),
  );
  // Or somebody is writing them at this moment.
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
    // It is gone, or not ours to read.
    return !(error instanceof SyntaxError);
  }
}
