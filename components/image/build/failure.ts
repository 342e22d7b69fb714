import path from "node:path";

import { failureText } from "../../core/text/failure-report";
import type { BuildRequest } from "../build";
import { baseRemedy } from "../pull-remedy";
import { notThere } from "../not-there";
import type { FailedStep } from "./progress";
import { lineOfStep } from "./step-line";

interface BuildFailure {
  /** The name of the component. */
  readonly name: string;
  /** The name of the image. */
  readonly reference: string;
  readonly request: BuildRequest;
  readonly failed: FailedStep | undefined;
  /** The words of BuildKit. */
  readonly message: string;
  /** What was rolled back. */
  readonly undone: readonly string[];
  readonly secrets: readonly string[];
}

/** The error of a failed build: the step, its place in the Dockerfile, what it printed, the current state and the next command. */
export function buildFailureText(failure: BuildFailure): string {
  const { name, reference, request, failed, message, undone, secrets } = failure;
  const line = failed && lineOfStep(request.dockerfile.text, failed.name);
  return failureText({
    what: `image "${name}"`,
    why: failed === undefined ? message : stepText(failed),
    rows: line === undefined ? [] : [["line", placeOf(request, line)]],
    log: failed === undefined || failed.output === "" ? undefined : failed.output.trimEnd().split("\n"),
    now: notThere(reference, undone),
    next: `${remedyOf(failed)}, then run pulumi up again`,
    secrets,
  });
}

function remedyOf(failed: FailedStep | undefined): string {
  if (failed === undefined) return "correct that";
  const [, base] = /^\[internal\] load metadata for (\S+)$/.exec(failed.name) ?? [];
  return base === undefined ? "correct the step" : baseRemedy(base, failed.error);
}

/** The exit code is what says most of a command; its text is already in the name of the step. */
function stepText({ name, error }: FailedStep): string {
  const code = /(?:executor failed running|process ").*exit code: (\d+)$/s.exec(error)?.[1];
  return code === undefined ? `${name} failed: ${error}` : `${name} failed with exit code ${code}`;
}

function placeOf({ context }: BuildRequest, line: number): string {
  if (context?.dockerfile === undefined) return `${String(line)} of the typed Dockerfile`;
  return `${String(line)} of ${path.join(path.relative("", context.folder), context.dockerfile)}`;
}
