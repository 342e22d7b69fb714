/** Interpolates variables in the values of a file, never in its keys, and converts numbers and booleans. */

import { type Findings, shown } from "../source/faults";
import { type KnownVariables, lookupIn } from "./filled";
import type { Cast } from "../keys/aspects/key";
import { tableOf } from "../keys/aspects/table";
import type { Entry, MapNode, Node, Path, Scalar, ScalarNode } from "../source/node";
import { substitute, TemplateError } from "./template";
import { isNumberText, isWholeText, singlePrecision, truthOf } from "../model/values";

const CASTS = tableOf("cast");

export function interpolate(
  node: Node,
  variables: KnownVariables,
  findings: Findings,
  path: Path = [],
): Node {
  if (node.kind === "map") return ofMap(node, variables, findings, path);
  if (node.kind === "list")
    return {
      ...node,
      items: node.items.map((item, index) => interpolate(item, variables, findings, [...path, index])),
    };
  if (typeof node.value !== "string") return node;
  const filled = fillIn(node, node.value, variables, findings, path);
  const kind = CASTS.at(path);
  return kind === undefined ? filled : cast(filled, kind, findings, path);
}

/** A key keeps the variables of its value, because the equivalent list item has the place of the key. */
function ofMap(node: MapNode, variables: KnownVariables, findings: Findings, path: Path): MapNode {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const value = interpolate(entry.value, variables, findings, [...path, key]);
    const { filled } = value.kind === "scalar" ? value.place : {};
    const place = filled === undefined ? entry.place : { ...entry.place, filled };
    entries.set(key, value === entry.value ? entry : { place, value });
  }
  return { ...node, entries };
}

function fillIn(
  node: ScalarNode,
  text: string,
  { values, fromFiles }: KnownVariables,
  findings: Findings,
  path: Path,
): ScalarNode {
  try {
    const { text: value, unset, parts } = substitute(text, lookupIn(values));
    for (const name of unset)
      findings.warn(node.place, path, `the variable ${name} is not set: it is replaced by an empty text`);
    const place = parts.every((part) => typeof part === "string")
      ? node.place
      : { ...node.place, filled: { parts, fromFiles } };
    return value === text
      ? place === node.place
        ? node
        : { ...node, place }
      : { ...node, value, place, written: text };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const malformed = error.message.includes("malformed");
    const what = malformed && !mayBeSecret(path) ? `${shown(node)} ` : "";
    findings.fault(
      node.place,
      path,
      `${what}${error.message}${malformed ? "; write $$ for a dollar sign" : ""}`,
    );
    return node;
  }
}

/** Places whose values must not be shown in a log. */
export function mayBeSecret(path: Path): boolean {
  return path.some((step) => ["environment", "args", "content", "secrets"].includes(String(step)));
}

const MUST_BE: Readonly<Record<Cast, string>> = {
  whole: "a whole number",
  number: "a number",
  single: "a number",
  truth: "true or false",
};

function cast(node: ScalarNode, kind: Cast, findings: Findings, path: Path): ScalarNode {
  const text = String(node.value);
  const value = read(text, kind);
  if (value === undefined) {
    findings.fault(
      node.place,
      path,
      `must be ${MUST_BE[kind]}, got ${node.written === undefined ? "" : "the value of "}${shown(node)}`,
    );
    return node;
  }
  if (kind === "truth" && truthOf(text)?.oldWord === true)
    findings.warn(node.place, path, `${text} is a boolean of YAML 1.1; write ${String(value)}`);
  return { ...node, value };
}

function read(text: string, kind: Cast): Scalar | undefined {
  if (kind === "truth") return truthOf(text)?.value;
  if (kind === "whole") return isWholeText(text) ? Number(text) : undefined;
  if (!isNumberText(text)) return undefined;
  return kind === "single" ? singlePrecision(Number(text)) : Number(text);
}
