/** Where Pulumi's file backend keeps what. */

import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder of a file backend; undefined for every other kind, whose locks are the service's own. */
export function backendFolder(url: string, workingFolder: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const [path = ""] = url.slice("file://".length).split("?");
  return resolve(workingFolder, decode(path).replace(/^~(?=\/|$)/, homedir()));
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a lone percent sign
  }
}

/** A stack by the name under which the backend files it. */
export interface StackPlace {
  readonly project: string;
  readonly stack: string;
  /** Where its locks lie, one file a holder. */
  readonly locks: string;
  /** Its state. */
  readonly state: string;
}

/** `organization/<project>/<stack>`, or only `<stack>` in a backend of before projects had a place of their own. */
export function stackPlace(folder: string, qualifiedName: string, projectOfOld: string): StackPlace {
  const parts = qualifiedName.split("/");
  const stack = parts.at(-1) ?? qualifiedName;
  const project = parts.at(-2);
  return {
    project: project ?? projectOfOld,
    stack,
    locks: join(folder, ".pulumi/locks", qualifiedName),
    state: join(folder, ".pulumi/stacks", project ?? "", `${stack}.json`),
  };
}
