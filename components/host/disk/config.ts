/** The folder and the settings file of the `docker` command on this machine. */

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { isSet } from "../context";

/** `~/.docker/config.json`, as text. */
export interface ConfigFile {
  readonly file: string;
  /** An empty object where there is no file. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** DOCKER_CONFIG, else `~/.docker`. */
export function configFolder(): string {
  // The variable of the docker command itself.
  // eslint-disable-next-line no-restricted-properties -- see above
  const { DOCKER_CONFIG } = process.env;
  return isSet(DOCKER_CONFIG) ? DOCKER_CONFIG : join(homedir(), ".docker");
}

/** Read at each call: `docker context use` and `docker login` change it. What is wrong with it never quotes it: it holds passwords. */
export function readConfig(): ConfigFile | { readonly file: string; readonly wrong: string } {
  const file = join(configFolder(), "config.json");
  let text: string | undefined;
  try {
    text = textOf(file);
  } catch (error) {
    return { file, wrong: `cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})` };
  }
  try {
    const settings: unknown = JSON.parse(text ?? "{}");
    if (typeof settings === "object" && settings !== null)
      return { file, settings: settings as Readonly<Record<string, unknown>> };
  } catch {
    // The error of the parser quotes the text.
  }
  return { file, wrong: "is not a JSON object" };
}

/** The text of a file; undefined where there is none. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
