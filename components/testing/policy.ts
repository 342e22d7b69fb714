/** Checks a program against the rules of `dockwright/policy`, without an engine. */

import { existsSync, readFileSync } from "node:fs";

import { describe, type Finding, isAtLeast, judge, type JudgeOptions } from "../policy/judge";
import { imageComponent, readProgram } from "../policy/read/program";
import type { Severity } from "../policy/rule";
import { UNKNOWN } from "./protocol";
import { run, type Run, type RunOptions } from "./run";

/** The options of a check. */
export interface FindingOptions extends RunOptions, JudgeOptions {
  /** The minimum severity. @defaultValue `"low"` for `findingsOf`, `"high"` for `expectNoFindings` */
  readonly atLeast?: Severity;
}

/**
 * The findings of a program or of a recorded run, worst first.
 *
 * @throws the error of the program
 */
export async function findingsOf(
  program: (() => unknown) | Run<unknown>,
  options: FindingOptions = {},
): Promise<readonly Finding[]> {
  const {
    resources: registered,
    error,
    outputsOf,
  } = typeof program === "function" ? await run(program, options) : program;
  if (error !== undefined) throw error;
  const outputs = (name: string): object =>
    registered.filter((each) => each.type === imageComponent && each.name === name).length === 1
      ? (outputsOf(imageComponent, name) ?? {})
      : {};
  const resources = registered.map(({ type, name, parent, inputs, options: { dependsOn = [] } }) => ({
    type,
    name,
    parent,
    // In the form that a policy pack receives.
    inputs: known(type === imageComponent ? outputs(name) : inputs) as Record<string, unknown>,
    dependsOn,
  }));
  const stack = readProgram(resources, (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined));
  return judge(stack, options).filter((each) => isAtLeast(each, options.atLeast ?? "low"));
}

/**
 * Throws if there are findings of that severity without a waiver.
 *
 * @example
 * ```ts
 * test("passes the rules", () => expectNoFindings(() => new Container("web", { image })));
 * ```
 * @throws Error with a line for each finding
 */
export async function expectNoFindings(
  program: (() => unknown) | Run<unknown>,
  options: FindingOptions = {},
): Promise<void> {
  const found = await findingsOf(program, { atLeast: "high", ...options });
  if (found.length > 0)
    throw new Error(`expected no findings, got ${found.length}\n  ${found.map(describe).join("\n  ")}`);
}

/** Secrets as plain values, and undefined for unknown values. */
function known(value: unknown): unknown {
  if (value === UNKNOWN) return undefined;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "secret") return known((value as { secret: unknown }).secret);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, known(each)]));
}
