/** The changed fields of a resource, with readable names for list items. */

import type { Bag } from "../core/untyped";
import { memberKey, variablesField } from "../provider/lists";
import type { FieldChange, Operation, State } from "./step";

const SECRET = "[secret]";
const UNKNOWN = "[unknown]";

/** The generation that dockwright sets; its cause is reported separately. */
const ownMarks = /^(labels\["io\.dockwright\.(generation|identity)"\]|waitTimeout$)/;

/** The cause of a step, from the engine. */
interface Reasons {
  readonly diffReasons?: readonly string[] | null | undefined;
  readonly replaceReasons?: readonly string[] | null | undefined;
  readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>> | null | undefined;
}

export function changesOf(
  type: string,
  operation: Operation,
  before: State | undefined,
  after: State | undefined,
  { diffReasons, replaceReasons, detailedDiff }: Reasons,
): FieldChange[] {
  if (operation !== "update" && operation !== "replace") return [];
  const replacing = new Set((replaceReasons ?? []).map(topOf));
  const detailed = Object.entries(detailedDiff ?? {});
  const one = before?.inputs ?? {};
  const other = after?.inputs ?? {};
  // A value that is unknown as a whole is one change; labels are unknown while another resource is replaced.
  const unknown = Object.keys(other).filter((key) => other[key] === UNKNOWN && typeof one[key] === "object");
  const known = (inputs: Bag): Bag =>
    Object.fromEntries(Object.entries(inputs).filter(([key]) => !unknown.includes(key)));
  const all = [
    ...differences(flatten(known(one)), flatten(known(other))),
    ...unknown
      .filter((path) => path !== "labels")
      .map((path) => ({ path, kind: "update" as const, after: UNKNOWN })),
  ];
  const isOwn = ({ path }: Change): boolean =>
    ownMarks.test(path) || (type.endsWith(":Container") && path === "name");
  // A list with a secret is masked as a whole, so Pulumi's own paths identify the changed item.
  const masked = detailed
    .filter(([path]) => one[topOf(path)] === SECRET && other[topOf(path)] === SECRET)
    .map(([path, { kind }]) => ({ path, kind: kindOf(kind), before: SECRET, after: SECRET }));
  const told = [...all.filter((each) => !isOwn(each)), ...masked];
  // A field that is only in Pulumi's diff: a failed start, or a change on the host.
  const silent = [...new Set([...(diffReasons ?? []), ...(replaceReasons ?? [])])]
    .filter(
      (reason) => operation === "replace" && told.length === 0 && all.length === 0 && !ownMarks.test(reason),
    )
    .map((path) => ({ path, kind: "update" as const }));
  return [...told, ...silent].map((each) => ({ ...each, replaces: replacing.has(topOf(each.path)) }));
}

function topOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

function kindOf(kind: string): FieldChange["kind"] {
  return kind.startsWith("add") ? "add" : kind.startsWith("delete") ? "delete" : "update";
}

type Change = Omit<FieldChange, "replaces">;

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): Change[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === now) return [];
    if (old === undefined) return [{ path, kind: "add", after: now ?? "" }];
    if (now === undefined) return [{ path, kind: "delete", before: old }];
    return [{ path, kind: "update", before: old, after: now }];
  });
}

/** Every leaf by its path: `ports["80/tcp"].ip`, `envs.LOG_LEVEL`. */
export function flatten(inputs: Bag): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(inputs)) {
    if (key === variablesField && Array.isArray(value))
      for (const line of value) addVariable(leaves, shown(line));
    else visit(leaves, key, value, key);
  }
  return leaves;
}

function addVariable(leaves: Map<string, string>, line: string): void {
  const at = line.indexOf("=");
  leaves.set(child(variablesField, at < 0 ? line : line.slice(0, at)), at < 0 ? "" : line.slice(at + 1));
}

function visit(leaves: Map<string, string>, path: string, value: unknown, top: string): void {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== "object" || each === null)) {
      if (value.length > 0) leaves.set(path, value.map(shown).join(" "));
      return;
    }
    value.forEach((each: Bag, index) => {
      const key = memberKey(top, each);
      visit(leaves, key !== undefined ? `${path}["${key}"]` : `${path}[${String(index)}]`, each, "");
    });
    return;
  }
  if (typeof value === "object" && value !== null) {
    const label = top === "" && "label" in value && "value" in value ? value : undefined;
    if (label !== undefined) leaves.set(path, shown((label as Bag)["value"]));
    else for (const [key, each] of Object.entries(value)) visit(leaves, child(path, key), each, "");
    return;
  }
  const leaf = shown(value);
  if (leaf !== "") leaves.set(path, leaf);
}

/** A leaf as text; empty if it is missing. */
function shown(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function child(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}["${key}"]`;
}
