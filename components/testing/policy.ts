/** What the rules of `dockwright/policy` find in a program, without an engine. */

import { existsSync, readFileSync } from "node:fs";

import { describe, type Finding, isAtLeast, judge, type JudgeOptions } from "../policy/judge";
import { imageComponent, readProgram } from "../policy/read/program";
import type { Severity } from "../policy/rule";
import { UNKNOWN } from "./protocol";
import { run, type Run, type RunOptions } from "./run";

/** How findings are looked for. */
export interface FindingOptions extends RunOptions, JudgeOptions {
  /** Findings that are less severe are left out. @defaultValue `"low"` for `findingsOf`, `"high"` for `expectNoFindings` */
  readonly atLeast?: Severity;
}

/**
 * What the rules find in a program, or in one that ran already, worst first.
 *
 * @throws what the program threw
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
    // As a policy pack gets them.
    inputs: known(type === imageComponent ? outputs(name) : inputs) as Record<string, unknown>,
    dependsOn,
  }));
  const stack = readProgram(resources, (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined));
  return judge(stack, options).filter((each) => isAtLeast(each, options.atLeast ?? "low"));
}

/**
 * Fails where the rules find something of that severity that no waiver covers.
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

/** Secrets as they are, and nothing for what is not known. */
function known(value: unknown): unknown {
  if (value === UNKNOWN) return undefined;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "secret") return known((value as { secret: unknown }).secret);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, known(each)]));
}
