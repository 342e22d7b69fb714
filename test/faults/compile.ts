import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { transformFileSync } from "@swc/core";

const root = resolve(__dirname, "../..");

export interface Compiled {
  readonly folder: string;
  /** The program under test, below the folder. */
  readonly program: string;
  /** The command `dockwright`. */
  readonly command: string;
}

/**
 * Compiles the components and the program once, so that no run waits for it and an edit meanwhile changes no run.
 * The folder is inside the repository: its packages are found from there.
 *
 * @param program its folder
 * @param others what it imports besides
 */
export function compile(program = "test/faults/program", ...others: readonly string[]): Compiled {
  mkdirSync(join(root, ".dockwright"), { recursive: true });
  const folder = mkdtempSync(join(root, ".dockwright/faults-"));
  const parts = ["components", program].flatMap((part) => sources(join(root, part)));
  for (const source of [...parts, ...others.map((file) => join(root, file))]) {
    const target = join(folder, relative(root, source).replace(/\.ts$/, ".js"));
    const { code } = transformFileSync(source, {
      swcrc: false,
      configFile: false,
      module: { type: "commonjs" },
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  return {
    folder,
    program: join(folder, program, "index.js"),
    command: join(folder, "components/cli/main.js"),
  };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}
