/** Puts variables into a file's values, never into its keys, and reads as numbers and truth values what must be one. */

import { type Findings, shown } from "./faults";
import { type KnownVariables, lookupIn } from "./filled";
import type { Entry, MapNode, Node, Path, Scalar, ScalarNode } from "./node";
import { Patterns } from "./patterns";
import { substitute, TemplateError } from "./template";
import { isNumberText, isWholeText, singlePrecision, truthOf } from "./values";

/** What a variable's text must spell at a place. */
type Kind = "whole" | "number" | "single" | "truth";

const each = (base: string, kinds: Readonly<Record<string, Kind>>): Record<string, Kind> =>
  Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [`${base}.${key}`, kind]));

const KINDS = new Patterns<Kind>({
  ...each("services.*", {
    cpu_count: "whole",
    cpu_percent: "number",
    cpu_period: "whole",
    cpu_quota: "whole",
    cpu_rt_period: "whole",
    cpu_rt_runtime: "whole",
    cpus: "single",
    cpu_shares: "whole",
    init: "truth",
    "deploy.replicas": "whole",
    "deploy.update_config.parallelism": "whole",
    "deploy.update_config.max_failure_ratio": "number",
    "deploy.rollback_config.parallelism": "whole",
    "deploy.rollback_config.max_failure_ratio": "number",
    "deploy.restart_policy.max_attempts": "whole",
    "deploy.placement.max_replicas_per_node": "whole",
    "healthcheck.retries": "whole",
    "healthcheck.disable": "truth",
    oom_kill_disable: "truth",
    oom_score_adj: "whole",
    pids_limit: "whole",
    "ports.*.target": "whole",
    privileged: "truth",
    read_only: "truth",
    scale: "whole",
    stdin_open: "truth",
    tty: "truth",
    "ulimits.*": "whole",
    "ulimits.*.hard": "whole",
    "ulimits.*.soft": "whole",
    "volumes.*.read_only": "truth",
    "volumes.*.volume.nocopy": "truth",
  }),
  ...each("networks.*", {
    external: "truth",
    internal: "truth",
    attachable: "truth",
    enable_ipv4: "truth",
    enable_ipv6: "truth",
  }),
  "volumes.*.external": "truth",
  "secrets.*.external": "truth",
  "configs.*.external": "truth",
});

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
  const kind = KINDS.at(path);
  return kind === undefined ? filled : cast(filled, kind, findings, path);
}

/** A key knows what its value was filled with: as an item of a list it stands at the place of the key. */
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
      findings.warn(node.place, path, `the variable ${name} is not set: nothing stands in its place`);
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
    const malformed = error.message.includes("well formed");
    const what = malformed && !mayBeSecret(path) ? `${shown(node)} ` : "";
    findings.fault(
      node.place,
      path,
      `${what}${error.message}${malformed ? "; write $$ for a dollar sign" : ""}`,
    );
    return node;
  }
}

/** Where values stand that nobody should read in a log. */
export function mayBeSecret(path: Path): boolean {
  return path.some((step) => ["environment", "args", "content", "secrets"].includes(String(step)));
}

const MUST_BE: Readonly<Record<Kind, string>> = {
  whole: "a whole number",
  number: "a number",
  single: "a number",
  truth: "true or false",
};

function cast(node: ScalarNode, kind: Kind, findings: Findings, path: Path): ScalarNode {
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
    findings.warn(node.place, path, `${text} is a truth value of YAML 1.1; write ${String(value)}`);
  return { ...node, value };
}

function read(text: string, kind: Kind): Scalar | undefined {
  if (kind === "truth") return truthOf(text)?.value;
  if (kind === "whole") return isWholeText(text) ? Number(text) : undefined;
  if (!isNumberText(text)) return undefined;
  return kind === "single" ? singlePrecision(Number(text)) : Number(text);
}
