#!/usr/bin/env node
/** The command `dockwright`. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { exit } from "./command";
import { readCommand, shortUsage } from "./commands";
import { formatRefusal } from "./say";

async function main(): Promise<number> {
  const reading = await readCommand(process.argv.slice(2));
  if (reading.kind === "help") process.stdout.write(reading.usage);
  else if (reading.kind === "version") process.stdout.write(`dockwright ${version()}\n`);
  else if (reading.kind === "wrong") {
    process.stderr.write(`error: ${reading.why}\n${shortUsage(reading.usage)}`);
    return exit.failed;
  } else {
    // Only commands read the environment.
    // eslint-disable-next-line no-restricted-properties -- the rule is for components
    const environment = process.env;
    return reading.run({ environment, folder: process.cwd() });
  }
  return exit.ok;
}

function version(): string {
  const text = readFileSync(join(__dirname, "../../package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(
      formatRefusal({
        what: "dockwright stopped",
        why: error instanceof Error ? error.message : String(error),
        now: "see the output of Pulumi above for what was done",
        next: "correct the cause, then run this command again",
      }),
    );
    process.exitCode = exit.failed;
  },
);
