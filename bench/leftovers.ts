import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

import { PREFIX } from "./candidate";

/** Removes whatever a measurement has left, on the host and in its folder; gives the names of what Docker did not let go. */
export function removeLeftovers(home: string): string[] {
  rmSync(home, { recursive: true, force: true });
  remove("container", ["--force"], list("container", "--all"));
  remove("network", [], list("network"));
  remove("volume", [], list("volume"));
  return [...list("container", "--all"), ...list("network")];
}

type Kind = "container" | "network" | "volume";

function list(kind: Kind, ...options: string[]): string[] {
  const format = kind === "container" ? "{{.Names}}" : "{{.Name}}";
  const { stdout } = spawnSync("docker", [kind, "ls", ...options, "--format", format]);
  return stdout
    .toString()
    .split("\n")
    .filter((name) => name.startsWith(PREFIX));
}

function remove(kind: Kind, options: readonly string[], names: readonly string[]): void {
  if (names.length > 0) spawnSync("docker", [kind, "rm", ...options, ...names]);
}
