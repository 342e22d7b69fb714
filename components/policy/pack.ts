/** The rules as policies of a Pulumi policy pack. */

import { existsSync, readFileSync } from "node:fs";

import {
  describe,
  EXPIRED,
  type Finding,
  findingsOfRule,
  isAtLeast,
  type JudgeOptions,
  settle,
} from "./judge";
import type { ResourcePolicy, StackPolicy, StackResource } from "./policy";
import { shortUrn } from "../core/urn";
import { dockerTypes } from "../provider/tokens";
import { type ProgramResource, readProgram, specType } from "./read/program";
import { cis, type Rule, type Severity } from "./rule";
import { rules } from "./rules";
import type { StackSubject } from "./subject";
import { checkWaivers, today } from "./waiver";

/** The options of the policies in a pack. */
export interface PolicyOptions extends JudgeOptions {
  /** Findings of at least this severity stop a preview and an up; others are only shown. @defaultValue `"high"` */
  readonly mandatory?: Severity;
}

/**
 * One policy per rule, for your own pack. Rules about a single resource are checked before that resource is created, all
 * others when all resources are known.
 *
 * @example
 * ```ts
 * new PolicyPack("team", { policies: policies({ waivers: [] }) });
 * ```
 * @throws Error naming every fault of the waivers
 */
export function policies(options: PolicyOptions = {}): (ResourcePolicy | StackPolicy)[] {
  const { mandatory = "high", on = today() } = options;
  const waivers = checkWaivers(
    options.waivers ?? [],
    rules.map(({ id }) => id),
  );
  const standing = { waivers: waivers.filter(({ until }) => until >= on), on };
  const specs: Specs = new Map();
  return [
    ...rules.map((rule) => policy(rule, isAtLeast(rule, mandatory), standing, specs)),
    {
      name: EXPIRED,
      description: "A waiver has expired.",
      enforcementLevel: "mandatory",
      validateStack: (_stack, report) => {
        for (const each of settle([], { waivers, on })) report(describe(each));
      },
    },
  ];
}

const types: Partial<Record<Rule["kind"], readonly string[]>> = {
  container: [dockerTypes.container, dockerTypes.service, specType],
  service: [dockerTypes.service, specType],
  network: [dockerTypes.network],
  volume: [dockerTypes.volume],
};

/**
 * Of a component a stack's policy gets the outputs alone, which are few: what a `SwarmSpec` was given is kept when it passes
 * the policies of single resources.
 */
type Specs = Map<string, ProgramResource["inputs"]>;

function policy(
  rule: Rule,
  isMandatory: boolean,
  options: JudgeOptions,
  specs: Specs,
): ResourcePolicy | StackPolicy {
  const { id, title, text, remediation, reference, severity, kind } = rule;
  const common = {
    name: id,
    description: `${title}: ${text}.`,
    enforcementLevel: isMandatory ? ("mandatory" as const) : ("advisory" as const),
    severity,
    remediationSteps: remediation,
    ...(reference.startsWith(cis("")) && {
      framework: {
        name: "CIS Docker Benchmark",
        version: "1.6.0",
        reference,
        specification: reference,
      },
    }),
  };
  const found = (stack: StackSubject): readonly Finding[] => settle(findingsOfRule(rule, stack), options);
  const judged = types[kind];
  if (judged !== undefined && rule.needsImage !== true)
    return {
      ...common,
      validateResource: ({ type, name, props, opts }, report) => {
        if (!judged.includes(type)) return;
        const inputs = known(props);
        if (type === specType) specs.set(name, inputs);
        const resource = { type, name, parent: shortUrn(opts.parent ?? ""), inputs, dependsOn: [] };
        for (const each of found(readProgram([resource], readFile))) report(describe(each));
      },
    };
  return {
    ...common,
    validateStack: ({ resources }, report) => {
      const all = resources.map(resourceOf).map((each) => ({
        ...each,
        inputs: (each.type === specType ? specs.get(each.name) : undefined) ?? each.inputs,
      }));
      for (const each of found(readProgram(all, readFile))) report(describe(each));
    },
  };
}

function resourceOf(resource: StackResource): ProgramResource {
  const { type, name, props, opts, dependencies, propertyDependencies } = resource;
  const before = [...dependencies, ...Object.values(propertyDependencies).flat()];
  return {
    type,
    name,
    parent: shortUrn(opts.parent ?? ""),
    inputs: known(props),
    dependsOn: before.map((each) => shortUrn(each.urn)),
  };
}

/** In a preview the SDK throws if an unknown value is read. */
function known(props: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(props).map((key) => [key, copy(() => props[key])]));
}

function copy(read: () => unknown): unknown {
  let value: unknown;
  try {
    value = read();
  } catch {
    return undefined;
  }
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    return Array.from({ length: list.length }, (_, index) => copy(() => list[index]));
  }
  if (typeof value !== "object" || value === null) return value;
  return known(value as Record<string, unknown>);
}

/** Reads files of the local build context. */
function readFile(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
