/** A build context on disk for a typed Dockerfile: what the build can see of the context, and the Dockerfile beside it. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readMatcher } from "./build-context";
import { walkContext } from "./context-walk";

/**
 * Copies what a build can see of `context` and writes the Dockerfile there, as if it had
 * always stood in the context. A Dockerfile outside of the context would leave a file of a random name in the image.
 *
 * @returns the folder, private and removed when the process ends: the engine has built everything by then
 */
export function stageContext(context: string, dockerfile: string, hash: string): string {
  const folder = path.join(scratch(), hash);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(folder);
  walkContext(path.resolve(context), readMatcher(context, undefined), (entry) => {
    const to = path.join(folder, entry.path);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    if (entry.kind === "directory") fs.mkdirSync(to, { recursive: true });
    else if (entry.kind === "symlink") fs.symlinkSync(entry.target ?? "", to);
    else fs.copyFileSync(path.join(context, entry.path), to);
  });
  fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile);
  // What was left out is not here, and nothing that is here is to be left out.
  fs.rmSync(path.join(folder, ".dockerignore"), { force: true });
  return folder;
}

/** The context of a Dockerfile that copies nothing. */
export function emptyContext(): string {
  const folder = path.join(scratch(), "empty");
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

let scratchFolder: string | undefined;

function scratch(): string {
  if (scratchFolder === undefined) {
    const made = fs.mkdtempSync(path.join(os.tmpdir(), "dockwright-"));
    process.on("exit", () => {
      fs.rmSync(made, { recursive: true, force: true });
    });
    scratchFolder = made;
  }
  return scratchFolder;
}
