/** Builds and packs the library into a folder of its own, so that nothing in the working tree is touched. */

import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "..");

export interface StagedPackage {
  /** The package as it is packed: package.json, dist, README and the other published files. */
  readonly folder: string;
  /** The packed tarball, beside the folder. */
  readonly tarball: string;
  /** Deletes both. */
  readonly remove: () => void;
}

/** Throws an Error whose message is the output of the compiler or of npm. */
export async function stagePackage(): Promise<StagedPackage> {
  const home = mkdtempSync(join(tmpdir(), "dockwright-package-"));
  const remove = (): void => {
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const folder = join(home, "package");
    mkdirSync(folder);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [
      tsc,
      "-p",
      join(root, "tools/tsconfig.build.json"),
      "--outDir",
      join(folder, "dist"),
    ]);
    for (const path of publishedFiles()) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const packed = await run("npm", [
      "pack",
      "--silent",
      "--ignore-scripts",
      "--pack-destination",
      home,
      folder,
    ]);
    return { folder, tarball: join(home, packed.trim()), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What `npm install` of the packed library would leave in a user's project: the library, unpacked, beside its dependencies. */
export function installPackage({ tarball }: StagedPackage, project: string): void {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "dockwright"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "dockwright")]);
  for (const each of readdirSync(join(root, "node_modules"))) {
    if (!each.startsWith(".") && each !== "dockwright")
      symlinkSync(join(root, "node_modules", each), join(modules, each));
  }
}

/** What `files` of package.json names and what npm adds by itself, without the build output. */
function publishedFiles(): string[] {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
  const files = new Set(["package.json", "README.md", "LICENSE", ...manifest.files]);
  return [...files].filter((path) => path !== "dist" && existsSync(join(root, path)));
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(command, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(new Error(`${stdout}${stderr}`.trim() || error.message));
    });
  });
}
