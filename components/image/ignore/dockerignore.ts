import { posix } from "node:path";

import { compileIgnorePattern, trimSpace, type IgnorePattern } from "./pattern";

/**
 * The patterns of a `.dockerignore`, normalised as Docker's client does: a line that begins with `#` is a comment,
 * surrounding blanks and a leading or trailing `/` are removed, `!` re-includes files, the last matching pattern decides.
 */
export function parseDockerignore(text: string): string[] {
  const patterns: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const raw = (index === 0 ? line.replace(/^\ufeff/, "") : line).replace(/\r$/, "");
    if (raw.startsWith("#")) continue;
    let pattern = trimSpace(raw);
    if (pattern === "") continue;
    const reinclude = pattern.startsWith("!");
    if (reinclude) pattern = trimSpace(pattern.slice(1));
    if (pattern !== "") {
      pattern = clean(pattern);
      if (pattern.length > 1 && pattern.startsWith("/")) pattern = pattern.slice(1);
    }
    patterns.push(reinclude ? `!${pattern}` : pattern);
  }
  return patterns;
}

/** Go's `filepath.Clean`. */
function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

/** The patterns that matched a path or a folder above it. Stored per folder, so that no path is matched twice. */
export type MatchState = Uint8Array;

/** Decides which files of a build context are ignored. */
export class IgnoreMatcher {
  private readonly patterns: readonly IgnorePattern[];
  private readonly reincluded: readonly string[];

  /**
   * @param patterns - as {@link parseDockerignore} returns them.
   * @throws Error - naming the pattern that Docker would refuse.
   */
  constructor(patterns: readonly string[]) {
    this.patterns = patterns.map(trimSpace).filter(Boolean).map(compile);
    this.reincluded = this.patterns
      .filter((pattern) => pattern.reinclude)
      .map((pattern) => `${pattern.text}/`);
  }

  /**
   * Whether this path is ignored.
   *
   * @param path - relative to the context, with `/`.
   * @param parent - the state of its folder; omit it at the top of the context.
   */
  match(path: string, parent?: MatchState): { readonly ignored: boolean; readonly state: MatchState } {
    const state = new Uint8Array(this.patterns.length);
    let ignored = false;
    for (let at = 0; at < this.patterns.length; at += 1) {
      const pattern = this.patterns[at] as IgnorePattern;
      let matched = parent !== undefined && parent[at] === 1;
      if (!matched) {
        // A pattern that cannot change the result is skipped, and its state stays "no": Docker's own shortcut,
        // visible in what the files below inherit.
        if (pattern.reinclude !== ignored) continue;
        matched = pattern.matches(path);
      }
      if (matched) {
        state[at] = 1;
        ignored = !pattern.reinclude;
      }
    }
    return { ignored, state };
  }

  /** Whether an ignored folder must be walked, because a `!` pattern begins with its path. Otherwise nothing below it is sent. */
  mayReincludeBelow(folder: string): boolean {
    const prefix = `${folder}/`;
    return this.reincluded.some((pattern) => pattern.startsWith(prefix));
  }

  /**
   * Docker's older rule, still used to decide whether the Dockerfile and the `.dockerignore` must be re-included. Only the
   * folder at the depth of the pattern is compared.
   */
  matchesByDepth(path: string): boolean {
    const folders = path.split("/").slice(0, -1);
    let ignored = false;
    for (const pattern of this.patterns) {
      if (pattern.reinclude !== ignored) continue;
      const depth = pattern.text.split("/").length;
      const matched =
        pattern.matches(path) ||
        (folders.length > 0 && depth <= folders.length && pattern.matches(folders.slice(0, depth).join("/")));
      if (matched) ignored = !pattern.reinclude;
    }
    return ignored;
  }
}

function compile(raw: string): IgnorePattern {
  const text = clean(raw);
  if (text === "!") throw new Error('bad pattern "!": a pattern must follow the exclamation mark');
  return text.startsWith("!") ? compileIgnorePattern(text.slice(1), true) : compileIgnorePattern(text, false);
}

/**
 * The matcher for one build: the Dockerfile and the `.dockerignore` are needed by the builder and are sent even when a
 * pattern names them.
 *
 * @param text - the content of the `.dockerignore`; `undefined` when there is none.
 * @param dockerfile - the Dockerfile relative to the context, with `/`; `undefined` when it lies outside.
 */
export function matcherForBuild(text: string | undefined, dockerfile: string | undefined): IgnoreMatcher {
  const patterns = text === undefined ? [] : parseDockerignore(text);
  for (const needed of [".dockerignore", dockerfile]) {
    if (needed === undefined || patterns.length === 0) continue;
    if (new IgnoreMatcher(patterns).matchesByDepth(needed)) patterns.push(`!${needed}`);
  }
  return new IgnoreMatcher(patterns);
}
