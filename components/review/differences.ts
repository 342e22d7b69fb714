/** The differences between two stacks of one program, by component. */

import { readContainer } from "../provider/container";
import { flatten } from "./changes";
import { Plan, titleOf, types } from "./plan";
import type { Preview } from "./read";
import type { Step } from "./step";
import { fieldWord, withoutEchoes } from "./words";

export interface FieldDifference {
  readonly path: string;
  /** The value on each side; undefined if it is missing. */
  readonly one: string | undefined;
  readonly other: string | undefined;
}

export interface ComponentDifference {
  readonly title: string;
  /** Which of the two stacks has it. */
  readonly in: "one" | "other" | "both";
  /** If both stacks have it. */
  readonly fields: readonly FieldDifference[];
}

/** Sorted by name; empty if the stacks differ only in their names. */
export function stackDifferences(one: Preview, other: Preview): ComponentDifference[] {
  const [left, right] = [resourcesOf(one), resourcesOf(other)];
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((key): ComponentDifference[] => {
    const [a, b] = [left.get(key), right.get(key)];
    if (a !== undefined && b !== undefined) {
      const fields = fieldsOf(a, b);
      return fields.length === 0 ? [] : [{ title: a.title, in: "both", fields }];
    }
    return [{ title: (a ?? b)?.title ?? key, in: a === undefined ? "other" : "one", fields: [] }];
  });
  return found.sort((a, b) => (a.title < b.title ? -1 : 1));
}

interface Resource {
  readonly title: string;
  readonly type: string;
  /** Inputs with unknown values. */
  readonly unknown: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/** The resources of the program, by their URN without the stack. */
function resourcesOf(preview: Preview): Map<string, Resource> {
  const plan = new Plan(preview);
  return new Map(
    plan.steps
      .filter(({ type, operation }) => operation !== "delete" && type.startsWith("docker:"))
      .map((step) => {
        const key = step.urn.split("::").slice(2).join("::");
        const unknown = Object.entries(step.after?.inputs ?? {}).flatMap(([input, value]) =>
          value === "[unknown]" ? [input] : [],
        );
        const { type } = step;
        return [key, { title: titleOf(step), type, unknown, values: valuesOf(step, plan, preview) }];
      }),
  );
}

/** Values that depend on the stack name or on the host do not count as differences. */
const ownMarks = /^(labels\["io\.dockwright\.(stack|generation|identity)"\]|waitTimeout$|triggers\b|build\b)/;

function valuesOf(step: Step, plan: Plan, { project, stack }: Preview): Map<string, string> {
  const scope = `${project}-${stack}`.toLowerCase();
  const names = new Map(
    plan.steps
      .filter(({ type }) => type === types.network)
      .flatMap((network) => [network.before?.id, network.after?.id].map((id) => [id, network.name] as const)),
  );
  const inputs = step.after?.inputs ?? {};
  const plain = step.type === types.container ? { ...inputs, name: undefined } : inputs;
  const values = new Map<string, string>();
  for (const [path, value] of flatten(plain)) {
    if (ownMarks.test(path)) continue;
    const [, id] = /^networksAdvanced\["(.+?)"\]/.exec(path) ?? [];
    // Whether it exists yet is not a difference.
    if (value === "[unknown]" || id !== undefined) continue;
    values.set(path, value.replaceAll(scope, "<stack>"));
  }
  for (const name of networkNames(step, plan, names)) values.set(`networks["${name}"]`, "joined");
  return values;
}

function networkNames(step: Step, plan: Plan, names: ReadonlyMap<string | undefined, string>): string[] {
  if (step.type !== types.container) return [];
  const sources = plan.sourcesOf(step, types.network, "networksAdvanced").map(({ name }) => name);
  const { attachments } = readContainer(step.after?.inputs ?? {});
  const known = attachments.flatMap(({ network }) => names.get(network) ?? []);
  return [...new Set([...sources, ...known])];
}

function fieldsOf(one: Resource, other: Resource): FieldDifference[] {
  const unknown = [...one.unknown, ...other.unknown];
  const paths = [...new Set([...one.values.keys(), ...other.values.keys()])];
  const found = paths.flatMap((path) => {
    if (unknown.some((input) => path === input || path.startsWith(`${input}[`))) return [];
    const [a, b] = [one.values.get(path), other.values.get(path)];
    return a === b ? [] : [{ path, one: a, other: b }];
  });
  return withoutEchoes(found, one.type).map((each) => ({ ...each, path: fieldWord(each.path, one.type) }));
}
