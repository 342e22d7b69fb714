/** The files of Pulumi's file backend. */

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The backend URL from the environment, the project or the last login, as Pulumi resolves it. */
export function backendUrl(
  environment: Readonly<Record<string, string | undefined>>,
  projectFolder: string,
): string | undefined {
  const { PULUMI_BACKEND_URL: given, PULUMI_HOME: home = join(homedir(), ".pulumi") } = environment;
  if (given !== undefined && given !== "") return given;
  const project = read(join(projectFolder, "Pulumi.yaml")) ?? "";
  const own = /^backend:\s*\n\s+url:\s*["']?([^\s"']+)/m.exec(project)?.[1];
  if (own !== undefined) return own;
  try {
    return (JSON.parse(read(join(home, "credentials.json")) ?? "{}") as { current?: string }).current;
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The folder of a file backend; undefined for other backends, which manage their locks themselves. */
export function backendFolder(url: string, workingFolder: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const [path = ""] = url.slice("file://".length).split("?");
  return resolve(workingFolder, decode(path).replace(/^~(?=\/|$)/, homedir()));
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a single percent sign
  }
}

/** The files of a stack in the backend. */
export interface StackPlace {
  readonly project: string;
  readonly stack: string;
  /** The folder of its locks, one file per holder. */
  readonly locks: string;
  /** Its state. */
  readonly state: string;
}

/** `organization/<project>/<stack>`, or only `<stack>` in an older backend without project folders. */
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
