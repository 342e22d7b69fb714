/** Placement constraints of a Swarm, such as `node.role == manager`. */

import type { NodeFacts } from "./subject";

interface Constraint {
  readonly key: string;
  readonly equals: boolean;
  readonly value: string;
}

/** Invalid constraints are ignored: the Engine refuses them. */
function parsed(constraints: readonly string[]): Constraint[] {
  return constraints.flatMap((text) => {
    const [, key, sign, value] = /^\s*(\S+?)\s*(==|!=)\s*(\S+)\s*$/.exec(text) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, equals: sign === "==", value }];
  });
}

const lower = (text: string): string => text.toLowerCase();

/** Two contradicting constraints, or one that no node can meet; undefined without such a conflict. */
export function contradiction(constraints: readonly string[]): string | undefined {
  const all = parsed(constraints);
  const show = ({ key, equals, value }: Constraint): string => `${key}${equals ? "==" : "!="}${value}`;
  const roles = all.filter(({ key }) => key === "node.role");
  const noRole = roles.find(({ equals, value }) => equals && !["manager", "worker"].includes(lower(value)));
  if (noRole !== undefined) return `${show(noRole)}, and nodes are manager or worker`;
  const neither = ["manager", "worker"].every((role) =>
    roles.some(({ equals, value }) => (lower(value) === role) !== equals),
  );
  if (neither) return roles.map(show).join(" and ");
  for (const [index, one] of all.entries()) {
    const other = all
      .slice(index + 1)
      .find(
        ({ key, equals, value }) =>
          key === one.key &&
          (equals || one.equals) &&
          (lower(value) === lower(one.value) ? equals !== one.equals : equals && one.equals),
      );
    if (other !== undefined) return `${show(one)} and ${show(other)}`;
  }
  return undefined;
}

/** Whether a node meets all of them. */
export function meets(node: NodeFacts, constraints: readonly string[]): boolean {
  return parsed(constraints).every(
    ({ key, equals, value }) => (lower(factOf(node, key)) === lower(value)) === equals,
  );
}

function factOf(node: NodeFacts, key: string): string {
  const known: Readonly<Record<string, string>> = {
    "node.id": node.id,
    "node.hostname": node.name,
    "node.role": node.role,
    "node.platform.os": node.os,
    "node.platform.arch": node.arch,
  };
  const [, whose, label = ""] = /^(node|engine)\.labels\.(.+)$/.exec(key) ?? [];
  return known[key] ?? (whose === "engine" ? node.engineLabels : node.labels)[label] ?? "";
}

/** Whether they restrict the tasks to one node, or to labelled nodes. */
export function isPinned(constraints: readonly string[]): boolean {
  return parsed(constraints).some(
    ({ key, equals }) => equals && key !== "node.role" && !key.includes("platform"),
  );
}
