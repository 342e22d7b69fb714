/** Builds and packs the library into a folder of its own, so that nothing in the working tree is touched. */

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildLibrary } from "./library/build";
import { run } from "./library/run";

const root = resolve(__dirname, "..");

export interface StagedPackage {
  /**
   * The package as it is packed: package.json, dist, README and the other published files. Beside them, not packed, the
   * declarations of every source file.
   */
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
    for (const path of publishedFiles()) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    await buildLibrary(folder);
    const packed = await run(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", home],
      folder,
    );
    return { folder, tarball: join(home, packed.trim()), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * What `npm install` of the packed library would leave in a user's project: the library, unpacked, beside its
 * dependencies and no others, and the types of Node, which every template of Pulumi brings.
 */
export function installPackage({ tarball }: StagedPackage, project: string): void {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "dockwright"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "dockwright")]);
  const { dependencies, peerDependencies } = manifest();
  for (const name of Object.keys({ ...dependencies, ...peerDependencies, "@types/node": "" })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
}

/** What `files` of package.json names and what npm adds by itself, without the build output. */
function publishedFiles(): string[] {
  const files = new Set(["package.json", "README.md", "LICENSE", ...manifest().files]);
  return [...files].filter((path) => path !== "dist" && existsSync(join(root, path)));
}

interface Manifest {
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
}
