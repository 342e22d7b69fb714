/** The dependencies of the loader, which does not open files itself. */

import type { Findings } from "./faults";
import type { KnownVariables } from "../variables/filled";
import type { ComposeDocument } from "./yaml";

/** The text of a file by its absolute path; undefined if it does not exist. */
export type ReadFile = (path: string) => string | undefined;

/** The shared context of all steps of one run. */
export interface Run {
  readonly read: ReadFile;
  /** The parsed content of a file, read once; undefined if it does not exist. */
  readonly documents: (path: string) => readonly ComposeDocument[] | undefined;
  readonly findings: Findings;
  /** The folder that replaces `~`. */
  readonly home: string | undefined;
  /** The name of a file in errors. */
  readonly show: (path: string) => string;
}

/** A project or an included project: its folder and its variables. */
export interface Scope {
  readonly folder: string;
  readonly variables: KnownVariables;
}

/** True for a remote file, which Compose would download. */
export function isRemote(path: string): boolean {
  return /^(git@|oci:\/\/|https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/)/.test(path) || /\.git(#|$)/.test(path);
}

export const REMOTE =
  "refers to a remote file, and only local files are supported; download it and use the copy";
