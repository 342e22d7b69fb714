/** Builds the library: what `dist` of the published package holds. */

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { declarationsIn, rollUpDeclarations } from "./declarations";
import { lazyEntry } from "./entry";
import { run } from "./run";

const root = resolve(__dirname, "../..");

/**
 * Writes `dist` and, beside it, the declarations of every source file into a folder that holds a package.json and the
 * installed packages. Throws an Error whose message is what does not compile.
 */
export async function buildLibrary(folder: string): Promise<void> {
  const dist = join(folder, "dist");
  const declarations = declarationsIn(folder);
  for (const old of [dist, declarations]) rmSync(old, { recursive: true, force: true });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const config = join(root, "tools/tsconfig.build.json");
  const to = ["--outDir", dist, "--declarationDir", declarations];
  await run(process.execPath, [tsc, "-p", config, ...to], root);
  const entries = entriesOf(folder);
  for (const entry of entries) {
    writeFileSync(join(dist, `${entry}.js`), lazyEntry(join(root, "components", `${entry}.ts`)));
  }
  rollUpDeclarations(folder, entries);
}

/** `index`, `policy/index`: the modules that package.json exports, as files of `dist` without an extension. */
function entriesOf(folder: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  return Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : [entry.types.replace(/^\.\/dist\/|\.d\.ts$/g, "")],
  );
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}
