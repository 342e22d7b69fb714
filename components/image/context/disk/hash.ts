import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, posix, relative, resolve } from "node:path";

import { showValue } from "../../../core/text/message";
import { NotAFileError, readRegularFile } from "../../../core/disk";
import { hostsOf } from "../../build/attributes";
import { type ContextPart, partsByName, shortSum } from "../parts";
import { type ContextEntry, unreadable, walkContext } from "./walk";
import { DigestStream } from "../digest-stream";
import { matcherForBuild, type IgnoreMatcher } from "../../ignore/dockerignore";

/** Everything that determines the result of a build. */
export interface BuildContextOptions {
  /** A folder, relative to the working directory; undefined for a Dockerfile, given as text, that copies nothing. */
  readonly context: string | undefined;
  /** A path, relative to the context (or absolute), or the text itself. */
  readonly dockerfile: string | { readonly text: string };
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly network?: string;
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** Anything else that must give a new image when it changes, for example the digest of the base image. */
  readonly extra?: readonly string[];
}

export interface ContextHash {
  /** 64 lower-case hexadecimal digits (SHA-256). */
  readonly hash: string;
  /** The number of regular files that the build can see. */
  readonly files: number;
  /** The sum of their sizes, in bytes. */
  readonly bytes: number;
  /**
   * A short checksum of each part by name: files and links, empty folders, and options (`--target`, `--build-arg NAME` ...).
   * It only changes when `hash` does, and shows what changed.
   */
  readonly parts: Readonly<Record<string, string>>;
  /** The text of the Dockerfile. */
  readonly dockerfile: string;
  /**
   * Where the Dockerfile is: relative to the context with `/` and without `./` when it lies inside (the form in which
   * the builder finds it even if `.dockerignore` names it), absolute when outside, `undefined` when it was given as text.
   */
  readonly dockerfilePath: string | undefined;
}

/**
 * The version of the hash. Changing what is hashed, or the form of the parts, changes every image's name: increase it, so that
 * the change is deliberate. An image that was replaced under the same name would be removed with its predecessor.
 */
const FORMAT = "dockwright build context 2";

/** One letter per kind; regular files have two, `f` and (executable) `x`. */
const LETTER = { directory: "d", symlink: "l" } as const;

/**
 * The content hash of exactly what a build can see: the Dockerfile, each file, link and folder that `.dockerignore` does not
 * exclude (paths, kinds, contents, link texts), build arguments, target, platform, labels and `extra`.
 *
 * Not part of it: times, owners, extended attributes, and permission bits other than the owner's execute bit of a
 * regular file. The rest of the mode depends on the umask at checkout; hashing it would rebuild
 * on every machine. A build that depends on such bits sets them itself (`COPY --chmod`, `RUN chmod`).
 *
 * Reads synchronously, each file once, and needs about 1 MiB of memory whatever the size of the context.
 *
 * @throws Error - one message with the path and a remedy: the context is missing or not a folder, the Dockerfile is missing,
 *   not a file, linked to a place outside the context or left out by `.dockerignore`, a pattern is malformed, a file is
 *   unreadable, a `<Dockerfile>.dockerignore` exists (the Engine's build API never reads it).
 */
export function hashBuildContext(options: BuildContextOptions): ContextHash {
  const root = options.context === undefined ? undefined : contextRoot(options.context);
  const dockerfile = readDockerfile(root ?? "", options.dockerfile);

  const digest = new DigestStream();
  digest.text(FORMAT).blob(dockerfile.bytes);
  digest.optional(options.target).optional(options.platform);
  digest
    .pairs(options.args ?? {})
    .pairs(options.labels ?? {})
    // In a list, so that a build without them keeps its name.
    .list([...(options.extra ?? []), ...surroundings(options)]);

  let bytes = 0;
  let files = 0;
  const parts: ContextPart[] = [];
  const emptyFolders = new Set<string>();
  const sent = { dockerfile: false };
  const visit = (entry: ContextEntry, root: string): void => {
    emptyFolders.delete(posix.dirname(entry.path));
    if (entry.kind === "file") {
      const { sum, size, executable } = sumFile(root, entry.path);
      digest
        .mark(executable ? "x" : "f")
        .text(entry.path)
        .text(sum);
      parts.push({ name: entry.path, sum: `${sum.slice(0, 12)}${executable ? " executable" : ""}` });
      files += 1;
      bytes += size;
    } else {
      digest.mark(LETTER[entry.kind]).text(entry.path);
      if (entry.target !== undefined) digest.text(entry.target);
      if (entry.target === undefined) emptyFolders.add(entry.path);
      else parts.push({ name: entry.path, sum: `-> ${entry.target}` });
    }
    if (entry.path === dockerfile.path) sent.dockerfile = true;
  };
  if (root !== undefined)
    walkContext(root, readMatcher(root, dockerfile.inside ? dockerfile.path : undefined), (entry) => {
      visit(entry, root);
    });
  digest.mark(".");

  if (dockerfile.inside && !sent.dockerfile) {
    throw new Error(
      `dockerfile: must reach the builder, got ${JSON.stringify(dockerfile.path)} left out by .dockerignore; ` +
        `add the line !${dockerfile.path} to it`,
    );
  }
  return {
    hash: digest.end(),
    files,
    bytes,
    parts: partsByName(
      [...parts, ...[...emptyFolders].map((path) => ({ name: `${path}/`, sum: "empty" }))],
      optionParts(options, dockerfile),
    ),
    dockerfile: dockerfile.bytes.toString("utf8"),
    dockerfilePath: dockerfile.path,
  };
}

function contextRoot(context: string): string {
  const got = `got ${showValue(context)}`;
  const path = resolve(context);
  try {
    if (statSync(path).isDirectory()) return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw unreadable(context, error);
    throw new Error(
      `context: must be an existing folder, ${got}, which does not exist; it is resolved to ${path}`,
    );
  }
  throw new Error(`context: must be a folder, ${got}, which is a file; name the folder that holds it`);
}

interface FoundDockerfile {
  readonly bytes: Buffer;
  readonly path: string | undefined;
  readonly inside: boolean;
}

function readDockerfile(root: string, dockerfile: BuildContextOptions["dockerfile"]): FoundDockerfile {
  if (typeof dockerfile !== "string")
    return { bytes: Buffer.from(dockerfile.text), path: undefined, inside: false };
  const got = `got ${JSON.stringify(dockerfile)}`;
  const asked = resolve(root, dockerfile);
  let real: string;
  try {
    real = realpathSync(asked);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES") throw unreadable(dockerfile, error);
    throw new Error(
      `dockerfile: must be an existing file, ${got}, which does not exist; it is resolved against the context to ${asked}`,
    );
  }
  if (!statSync(real).isFile()) throw new Error(`dockerfile: must be a file, ${got}, which is not one`);

  const lexical = pathInside(root, asked);
  const path = pathInside(root, real);
  if (lexical !== undefined && path === undefined) {
    throw new Error(
      `dockerfile: must not be a link out of the context, ${got}, which points to ${real}; use that file directly or copy it`,
    );
  }
  if (lexical !== undefined) refuseOwnIgnoreFile(asked, lexical);
  try {
    return { bytes: readFileSync(real), path: path ?? real, inside: path !== undefined };
  } catch (error) {
    throw unreadable(dockerfile, error);
  }
}

/** The path of `target` relative to `root`, with `/`; `undefined` when it lies outside. */
function pathInside(root: string, target: string): string | undefined {
  const path = relative(root, target).split("\\").join("/");
  return isAbsolute(path) || path === ".." || path.startsWith("../") ? undefined : posix.normalize(path);
}

/**
 * `docker buildx` prefers `<Dockerfile>.dockerignore`; the Engine's build API, which the provider uses, never reads it.
 * Using it here would exclude files from the hash that the build sees, so an image could silently be outdated.
 */
function refuseOwnIgnoreFile(dockerfile: string, shown: string): void {
  if (statSync(`${dockerfile}.dockerignore`, { throwIfNoEntry: false }) === undefined) return;
  throw new Error(
    `dockerfile: must not have an ignore file of its own, got ${JSON.stringify(`${shown}.dockerignore`)}; ` +
      "the Engine's build API reads only the .dockerignore at the top of the context: move the patterns there",
  );
}

/**
 * Reads the `.dockerignore` of a context.
 *
 * @param dockerfile - the Dockerfile relative to the context; `undefined` when it lies outside.
 */
export function readMatcher(root: string, dockerfile: string | undefined): IgnoreMatcher {
  let text: string | undefined;
  try {
    text = readRegularFile(`${root}/.dockerignore`).toString();
  } catch (error) {
    if (error instanceof NotAFileError)
      throw new Error(
        `.dockerignore: must be a file, got ${error.kind}; remove it, or write the patterns to a file`,
      );
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw unreadable(".dockerignore", error);
  }
  try {
    return matcherForBuild(text, dockerfile);
  } catch (error) {
    throw new Error(`.dockerignore: must hold patterns that Docker accepts: ${(error as Error).message}`);
  }
}

/** What a step finds around it. */
function surroundings({ network, extraHosts = {} }: BuildContextOptions): string[] {
  return [
    ...(network === undefined ? [] : [`--network ${network}`]),
    ...hostsOf(extraHosts).map((host) => `--add-host ${host}`),
  ];
}

/** The options of the hash in addition to the files of the context. */
function optionParts(
  { target, platform, args = {}, labels = {}, network, extraHosts = {}, extra }: BuildContextOptions,
  dockerfile: FoundDockerfile,
): ContextPart[] {
  const each = (option: string, values: Readonly<Record<string, string>>): ContextPart[] =>
    Object.entries(values).map(([name, value]) => ({ name: `${option} ${name}`, sum: shortSum(value) }));
  return [
    ...(dockerfile.inside ? [] : [{ name: "--file", sum: shortSum(dockerfile.bytes) }]),
    ...(target === undefined ? [] : [{ name: "--target", sum: target }]),
    ...(platform === undefined ? [] : [{ name: "--platform", sum: platform }]),
    ...each("--build-arg", args),
    ...each("--label", labels),
    ...(network === undefined ? [] : [{ name: "--network", sum: network }]),
    ...each("--add-host", extraHosts),
    ...(extra === undefined ? [] : [{ name: "extra", sum: shortSum(JSON.stringify(extra)) }]),
  ];
}

/** One buffer for all files, so that the memory does not depend on their size. */
const buffer = Buffer.allocUnsafe(1 << 20);

/** The SHA-256 of one regular file, read once. */
function sumFile(root: string, path: string): { sum: string; size: number; executable: boolean } {
  let handle: number | undefined;
  try {
    handle = openSync(`${root}/${path}`, "r");
    const { mode, size } = fstatSync(handle);
    const hash = createHash("sha256");
    for (let left = size; left > 0;) {
      const read = readSync(handle, buffer, 0, Math.min(left, buffer.length), null);
      if (read === 0) throw Object.assign(new Error("shorter than its size"), { code: "ENOENT" });
      hash.update(buffer.subarray(0, read));
      left -= read;
    }
    return { sum: hash.digest("hex"), size, executable: (mode & 0o100) !== 0 };
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
