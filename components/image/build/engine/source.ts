/** What a build reads of this machine: a folder, as far as .dockerignore lets it through, or one file whose text is known. */

import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, lstatSync, openSync, readSync } from "node:fs";
import { hostname } from "node:os";

import { readMatcher } from "../../context/disk/hash";
import { walkContext } from "../../context/disk/walk";
import type { BuildRequest } from "../../build";
import type { Stat } from "../messages";
import { foldersAbove, inSyncOrder, wantedPaths } from "../sync-order";

/** A folder as BuildKit sees it. */
export interface Source {
  /** What there is of the wanted paths, in BuildKit's order; its position is its number. */
  list(wanted: readonly string[]): readonly Stat[];
  /** The content of a regular file, in pieces. */
  read(path: string): Iterable<Uint8Array>;
}

type ContextFolder = NonNullable<BuildRequest["context"]>;

/** Bits of Go's `fs.FileMode`. */
const FOLDER = 0x80000000;
const LINK = 0x08000000;
const SPECIAL = [
  [0o4000, 1 << 23],
  [0o2000, 1 << 22],
  [0o1000, 1 << 20],
] as const;

const PIECE = 32 * 1024;

/** @param context undefined for a build that copies nothing */
export function contextSource(context: ContextFolder | undefined): Source {
  if (context === undefined) return { list: () => [], read: () => [] };
  const { folder } = context;
  let known: readonly Stat[] | undefined;
  return {
    list: (wanted) => {
      known ??= statsOf(context);
      const links = new Set(known.filter(({ linkname }) => linkname !== undefined).map(({ path }) => path));
      const isWanted = wantedPaths(wanted, (path) => links.has(path));
      return known.filter(({ path }) => isWanted(path));
    },
    read: (path) => pieces(`${folder}/${path}`),
  };
}

/** A Dockerfile, under one name. */
export function textSource(name: string, text: string): Source {
  const bytes = Buffer.from(text);
  // Another text has another time, so that it is not taken for the one before.
  const modTime = String(createHash("sha256").update(bytes).digest().readUInt32BE());
  return {
    list: (wanted) =>
      wantedPaths(wanted, () => false)(name)
        ? [{ path: name, mode: 0o644, size: bytes.length, modTime }]
        : [],
    read: function* () {
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    },
  };
}

/**
 * BuildKit takes a file for unchanged when size, mode and time are: it keeps the files that it was sent for this key. A time of a
 * whole second was set by a program (an archive, `touch`), and does not depend on the content, which is therefore part of the key.
 */
export function sharedKey({ context }: BuildRequest, source: Source): string {
  const hash = createHash("sha256").update(JSON.stringify([hostname(), context?.folder]));
  for (const { path, mode, size, modTime, linkname } of source.list([]))
    if (linkname === undefined && mode < FOLDER && size > 0 && modTime.endsWith("000000000")) {
      hash.update(JSON.stringify([path, modTime]));
      for (const piece of source.read(path)) hash.update(piece);
    }
  return hash.digest("hex");
}

function statsOf({ folder, dockerfile }: ContextFolder): Stat[] {
  const found = new Map<string, Stat>();
  walkContext(folder, readMatcher(folder, dockerfile), ({ path, target }) => {
    // With a Dockerfile that is given as text, what was left out is not here, and nothing that is here is to be left out.
    if (dockerfile === undefined && path === ".dockerignore") return;
    // A folder that is left out, but not all that is in it.
    for (const above of foldersAbove(path))
      if (!found.has(above)) found.set(above, statOf(`${folder}/${above}`, above));
    found.set(path, statOf(`${folder}/${path}`, path, target));
  });
  return inSyncOrder([...found.values()]);
}

/** Owners are left out: in the image, all belongs to root. */
function statOf(file: string, path: string, linkname?: string): Stat {
  const stats = lstatSync(file, { bigint: true });
  return {
    path,
    mode: modeOf(stats),
    size: stats.isFile() ? Number(stats.size) : 0,
    modTime: String(stats.mtimeNs),
    ...(linkname !== undefined && { linkname }),
  };
}

function modeOf(stats: BigIntStats): number {
  const mode = Number(stats.mode);
  const special = SPECIAL.reduce((bits, [unix, go]) => ((mode & unix) === 0 ? bits : bits + go), 0);
  return (mode & 0o777) + special + (stats.isDirectory() ? FOLDER : stats.isSymbolicLink() ? LINK : 0);
}

function* pieces(file: string): Iterable<Uint8Array> {
  const handle = openSync(file, "r");
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = readSync(handle, piece, 0, PIECE, null);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}
