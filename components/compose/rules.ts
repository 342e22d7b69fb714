/** What a value must hold beyond its type, judged once all files are merged. */

import { isIP } from "node:net";

import { type Findings, shown } from "./faults";
import { get, type Node, type Path, textOf } from "./node";
import { Patterns, visit } from "./patterns";

export function checkRules(root: Node, findings: Findings): void {
  const fileObject =
    (...sources: readonly string[]) =>
    (node: Node, path: Path): void => {
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
  const deviceRequest = (node: Node, path: Path): void => {
    if (node.kind === "map" && node.entries.has("count") && node.entries.has("device_ids"))
      findings.fault(
        node.entries.get("count")?.place,
        [...path, "count"],
        "conflicts with device_ids: keep one",
      );
  };
  visit(
    root,
    new Patterns({
      "volumes.*": (node: Node, path: Path) => externalVolume(node, path, findings),
      "configs.*": fileObject("file", "environment", "content"),
      "secrets.*": fileObject("file", "environment"),
      "services.*.ports.*": (node: Node, path: Path): void => {
        const address = get(node, "host_ip");
        const text = textOf(address);
        if (address !== undefined && text !== undefined && isIP(text) === 0)
          findings.fault(address.place, [...path, "host_ip"], `must be an IP address, got ${shown(address)}`);
      },
      "services.*.develop.watch.*.path": (node: Node, path: Path): void => {
        if (textOf(node) === "") findings.fault(node.place, path, "must not be empty");
      },
      "services.*.deploy.resources.reservations.devices.*": deviceRequest,
      "services.*.gpus.*": deviceRequest,
    }),
  );
}

/** Of a volume that somebody else made, only its name can be said. */
function externalVolume(node: Node, path: Path, findings: Findings): void {
  const external = get(node, "external");
  if (node.kind !== "map" || external?.kind !== "scalar" || external.value !== true) return;
  for (const [key, { place }] of node.entries)
    if (key !== "name" && key !== "external" && !key.startsWith("x-"))
      findings.fault(
        place,
        [...path, key],
        "has no effect on an external volume; take it out, or external: true",
      );
}
