import { spawnSync } from "node:child_process";

import { type Candidate, CONTAINERS } from "./candidate";

/** A time means something only when the work was done: fifty containers run, one of them in the revision asked for. */
export function assertRunning(candidate: Candidate, revision: number): void {
  const found = revisionsOf(candidate.prefix);
  const inRevision = found.filter((each) => each === String(revision)).length;
  const wanted = revision === 1 ? CONTAINERS : 1;
  if (found.length !== CONTAINERS || inRevision !== wanted)
    throw new Error(
      `${candidate.name} must run ${CONTAINERS} containers, ${wanted} in revision ${revision}, ` +
        `got ${found.length} and ${inRevision}`,
    );
}

/** One was replaced by one: only that revision runs. */
export function assertOnly(candidate: Candidate, revision: number): void {
  const found = revisionsOf(candidate.prefix);
  if (found.length !== 1 || found[0] !== String(revision))
    throw new Error(
      `${candidate.name} must run revision ${revision} alone, got ${found.join(", ") || "none"}`,
    );
}

/** The environment variable REVISION of each running container whose name begins so. */
function revisionsOf(prefix: string): string[] {
  const ids = docker("container", "ls", "--quiet", "--filter", `name=^/?${prefix}`);
  if (ids.length === 0) return [];
  const format = "{{range .Config.Env}}{{println .}}{{end}}";
  return docker("container", "inspect", "--format", format, ...ids)
    .filter((line) => line.startsWith("REVISION="))
    .map((line) => line.slice("REVISION=".length));
}

function docker(...args: string[]): string[] {
  return spawnSync("docker", args).stdout.toString().split("\n").filter(Boolean);
}
