/** Rules beyond the shape, checked after all files are merged. */

import { isIP } from "node:net";

import { shown } from "../../source/faults";
import { get, textOf } from "../../source/node";
import type { Aspects } from "./key";

type Rule = NonNullable<Aspects["rule"]>;

/** A secret or a config has exactly one source. */
export const fromOneOf =
  (...sources: readonly string[]): Rule =>
  (node, path, findings) => {
    if (node.kind !== "map") return;
    const given = sources.filter((key) => node.entries.has(key));
    if (given.length > 1) {
      const [, second = ""] = given;
      findings.fault(
        node.entries.get(second)?.place,
        [...path, second],
        `conflicts with ${given[0] ?? ""}: keep one`,
      );
    }
    if (given.length === 0 && !node.entries.has("driver") && !node.entries.has("external"))
      findings.fault(node.place, path, `needs one of ${sources.join(", ")}`);
  };

export const countOrIds: Rule = (node, path, findings) => {
  if (node.kind === "map" && node.entries.has("count") && node.entries.has("device_ids"))
    findings.fault(
      node.entries.get("count")?.place,
      [...path, "count"],
      "conflicts with device_ids: keep one",
    );
};

export const address: Rule = (node, path, findings) => {
  const text = textOf(node);
  if (text !== undefined && isIP(text) === 0)
    findings.fault(node.place, path, `must be an IP address, got ${shown(node)}`);
};

export const notEmpty: Rule = (node, path, findings) => {
  if (textOf(node) === "") findings.fault(node.place, path, "must not be empty");
};

/** An external object accepts only `name`. */
export const nameIfExternal: Rule = (node, path, findings) => {
  const external = get(node, "external");
  if (node.kind !== "map" || external?.kind !== "scalar" || external.value !== true) return;
  for (const [key, { place }] of node.entries)
    if (key !== "name" && key !== "external" && !key.startsWith("x-"))
      findings.fault(
        place,
        [...path, key],
        "has no effect on an external volume; remove it, or external: true",
      );
};
