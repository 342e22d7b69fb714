/** Temporary build contexts for typed Dockerfiles: the visible part of the context, plus the Dockerfile. */

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readMatcher } from "./hash";
import { walkContext } from "./walk";

/**
 * A context that is on disk only during the build: it is a copy of the user's files, and nothing removes the temporary
 * folder of a program that the engine has ended.
 */
export interface StagedContext {
  /** Its folder, accessible to this user only. */
  readonly folder: string;
  /** Before the build. Throws if the context cannot be read or the disk is full. */
  write(): void;
  /** After the build, also after a failure; does nothing if it was not written. */
  remove(): void;
}

/**
 * The context of a Dockerfile that is given as text, at a stable path: a Dockerfile outside the context would
 * add a file with a random name to the image.
 *
 * @param context undefined for a Dockerfile that copies nothing
 */
export function stagedContext(context: string | undefined, dockerfile: string, hash: string): StagedContext {
  const folder = path.join(scratch(), hash);
  const source = context === undefined ? undefined : path.resolve(context);
  let written = false;
  return {
    folder,
    write: () => {
      written = true;
      const others = users.get(folder) ?? 0;
      users.set(folder, others + 1);
      if (others === 0) copy(source, dockerfile, folder);
    },
    remove: () => {
      if (!written) return;
      written = false;
      const others = (users.get(folder) ?? 1) - 1;
      users.set(folder, others);
      if (others > 0) return;
      fs.rmSync(folder, { recursive: true, force: true });
      removeIfEmpty(path.dirname(folder));
    },
  };
}

/** The number of builds of this process that use a folder: two images can be identical. */
const users = new Map<string, number>();

function copy(source: string | undefined, dockerfile: string, folder: string): void {
  fs.mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
  fs.mkdirSync(folder);
  if (source !== undefined)
    walkContext(source, readMatcher(source, undefined), (entry) => {
      const to = path.join(folder, entry.path);
      fs.mkdirSync(path.dirname(to), { recursive: true });
      if (entry.kind === "directory") fs.mkdirSync(to, { recursive: true });
      else if (entry.kind === "symlink") fs.symlinkSync(entry.target ?? "", to);
      else fs.copyFileSync(path.join(source, entry.path), to);
    });
  fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile);
  // The copy contains no excluded files, so its .dockerignore must not exclude any.
  fs.rmSync(path.join(folder, ".dockerignore"), { force: true });
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    // Another image is being built from there.
  }
}

const PREFIX = "dockwright-build-";
/** Process ids are only valid on their own machine or in their own container. */
const HOST = os.hostname().replace(/[^A-Za-z0-9.]/g, "");
const DAY_MS = 86_400_000;

let own: string | undefined;

/** `dockwright-build-<host>-<pid>-<random>`: shows whether its process still exists, and cannot be predicted. */
function scratch(): string {
  own ??= path.join(os.tmpdir(), `${PREFIX}${HOST}-${String(process.pid)}-${randomBytes(4).toString("hex")}`);
  return own;
}

/** Removes the folders of killed runs. */
export function clearStagedContexts(folder = os.tmpdir(), now = Date.now()): void {
  for (const name of namesIn(folder)) {
    const [, host, pid] = /^dockwright-build-([A-Za-z0-9.]*)-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
    const left = path.join(folder, name);
    if (pid === undefined || left === own) continue;
    try {
      const old = now - fs.lstatSync(left).mtimeMs > DAY_MS;
      if (old || (host === HOST && !isRunning(Number(pid))))
        fs.rmSync(left, { recursive: true, force: true });
    } catch {
      // It belongs to another user, or another run removed it.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
