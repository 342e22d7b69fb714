#!/usr/bin/env node
/** The command `dockwright`: Pulumi, on a stack that may have been left by a run that was killed; Compose files; and rules. */

import { parseArguments, USAGE } from "./arguments";
import { down, up } from "./verbs";
import { formatRefusal } from "./say";
import { ADOPT_VARIABLE } from "../deployment/adopt";

async function main(): Promise<number> {
  const request = parseArguments(process.argv.slice(2));
  if (request.kind === "help") {
    process.stdout.write(request.usage);
    return 0;
  }
  if (request.kind === "wrong") {
    process.stderr.write(`error: ${request.why}\n${USAGE}`);
    return request.code ?? 2;
  }
  // A command is where the environment comes in.
  // eslint-disable-next-line no-restricted-properties -- the rule is for components
  const environment = process.env;
  if (request.kind === "config") {
    const { config } = await import("./config");
    return config(request, environment, process.cwd());
  }
  if (request.kind === "convert") {
    const { convert } = await import("./convert");
    return convert(request, environment, process.cwd());
  }
  if (request.kind === "types") {
    const { types } = await import("./types");
    return types(request, environment, process.cwd());
  }
  if (request.kind === "check") {
    const { check } = await import("./check");
    return check(request, environment, process.cwd());
  }
  if (request.kind === "audit") {
    const { audit } = await import("./audit");
    return audit(request);
  }
  if (request.kind === "review") {
    const { review } = await import("./review");
    return review(request, environment);
  }
  if (request.kind === "diff") {
    const { diff } = await import("./diff");
    return diff(request);
  }
  const { verb, options, approved, adopts, stack, folder } = request;
  // For the program, whichever process runs it.
  if (adopts) environment[ADOPT_VARIABLE] = "all";
  const target = { stack, folder };
  if (approved !== undefined) {
    const { stopUnlessApproved } = await import("./approved");
    const stop = await stopUnlessApproved(target, approved, options);
    if (stop !== undefined) return stop;
  }
  const work = { target, options, backend: environment["PULUMI_BACKEND_URL"] };
  return verb === "up" ? up(work) : down(work);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT" && String(error).includes("pulumi");
    process.stderr.write(
      formatRefusal({
        what: missing ? "the command pulumi is not here" : "dockwright stopped",
        why: error instanceof Error ? error.message : String(error),
        now: missing ? "nothing was changed" : "what Pulumi said above is what was done",
        next: missing
          ? "install Pulumi (https://www.pulumi.com/docs/install/), or put it on PATH"
          : "correct the cause, then this command again",
      }),
    );
    process.exitCode = 1;
  },
);
