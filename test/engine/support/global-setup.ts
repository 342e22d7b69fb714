import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { docker } from "./docker";
import { commandOf } from "./processes";

/** A file for each run that goes on, named by its process. */
const runs = path.join(os.tmpdir(), "dw-test-runs");

/** Fails at once, with the remedy, where a real Docker Engine, a real Pulumi or the base image is missing. */
export default function setup(): void {
  for (const [program, args] of [
    ["docker", ["image", "inspect", "debian:bookworm-slim"]],
    ["pulumi", ["version"]],
  ] as const) {
    try {
      execFileSync(program, args, { stdio: "ignore" });
    } catch {
      throw new Error(
        `the engine tests need "${program} ${args.join(" ")}" to work; run "make test", which sets everything up`,
      );
    }
  }
  const others = runsBeside();
  fs.writeFileSync(path.join(runs, String(process.pid)), "");
  if (others.length === 0) removeLeftovers();
}

/** What belongs to a run that goes on is no leftover. */
function runsBeside(): string[] {
  fs.mkdirSync(runs, { recursive: true });
  return fs.readdirSync(runs).filter((pid) => {
    if (commandOf(Number(pid)).includes("jest")) return true;
    fs.rmSync(path.join(runs, pid));
    return false;
  });
}

/** What a run that was cut short has left goes on running otherwise, and is in the way of this one. */
function removeLeftovers(): void {
  const own = ["--filter", "label=io.dockwright.project=dw-test"];
  for (const [list, remove] of [
    [
      ["ps", "-aq"],
      ["rm", "--force"],
    ],
    [
      ["network", "ls", "-q"],
      ["network", "rm"],
    ],
    [
      ["volume", "ls", "-q"],
      ["volume", "rm"],
    ],
  ] as const) {
    const left = docker(...list, ...own)
      .split("\n")
      .filter(Boolean);
    try {
      if (left.length > 0) docker(...remove, ...left);
    } catch {
      // A network that Docker holds on to (moby/moby#42119) does no harm: the names of this run are checked by its tests.
    }
  }
}
