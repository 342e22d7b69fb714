/** The dependencies of the loader, which does not open files itself. */

import type { Findings } from "./faults";
import type { KnownVariables } from "../variables/filled";
import type { ComposeDocument } from "./yaml";

/** The text of a file by its absolute path; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** What all steps of one run have in common. */
export interface Run {
  readonly read: ReadFile;
  /** What a file holds, parsed once; undefined where there is none. */
  readonly documents: (path: string) => readonly ComposeDocument[] | undefined;
  readonly findings: Findings;
  /** What `~` stands for. */
  readonly home: string | undefined;
  /** The name of a file as an error shows it. */
  readonly show: (path: string) => string;
}

/** One project, or one that is included: where it stands and which variables it sees. */
export interface Scope {
  readonly folder: string;
  readonly variables: KnownVariables;
}

/** True for what Compose would fetch from elsewhere. */
export function isRemote(path: string): boolean {
  return /^(git@|oci:\/\/|https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/)/.test(path) || /\.git(#|$)/.test(path);
}

export const REMOTE =
  "refers to a remote file, and only local files are supported; download it and use the copy";
