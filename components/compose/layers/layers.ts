/** Reads the files of a project in order, each merged over the previous ones. */

import { withListedVariables } from "../variables/environment";
import { withExtends } from "./extends";
import type { Run, Scope } from "../source/files";
import { withIncludes } from "./include";
import { interpolate } from "../variables/interpolate";
import { merge } from "./merge";
import { get, map, type MapNode, type Node, type Place, withKey } from "../source/node";
import { absolutePaths, canonical, checkRules, checkShape, keepUnique, withDefaults } from "../model/passes";
import { takeAway } from "./reset";
import { hasServicesAtTop, servicesAtTop } from "./services-at-top";
import type { ComposeDocument } from "../source/yaml";

/** The files of one project as one tree: long forms, defaults, absolute paths. `trail` lists the files that include it. */
export function readProject(
  paths: readonly string[],
  scope: Scope,
  run: Run,
  trail: readonly string[] = [],
): MapNode {
  const { root } = readLayers(paths, scope, run, { use: "project", trail });
  const filled = withDefaults(root);
  checkRules(filled, run.findings);
  const absolute = absolutePaths(filled, { base: scope.folder, home: run.home }, run.findings);
  const known = withListedVariables(absolute, scope.variables);
  return known.kind === "map" ? known : root;
}

/** Whether to read a whole file, or only its services as bases of `extends`. */
type Use = { readonly use: "project"; readonly trail: readonly string[] } | { readonly use: "base" };

interface Layers {
  readonly root: MapNode;
  /** What the tags of the last document remove from the services that it extends. */
  readonly replaced: ComposeDocument["replaced"];
}

function readLayers(paths: readonly string[], scope: Scope, run: Run, use: Use): Layers {
  let root: MapNode = map({}, { file: run.show(paths[0] ?? ""), line: 1, column: 1 });
  let replaced: ComposeDocument["replaced"] = [];
  for (const path of paths) {
    const file = run.show(path);
    const documents = run.documents(path);
    if (documents === undefined) {
      run.findings.fault(undefined, [], `${file} does not exist`);
      continue;
    }
    for (const document of documents) {
      root = layOver(root, document, { path, place: { file, line: 1, column: 1 } }, scope, run, use);
      replaced = document.replaced;
    }
  }
  return { root, replaced };
}

function layOver(
  below: MapNode,
  document: ComposeDocument,
  { path, place }: { path: string; place: Place },
  scope: Scope,
  run: Run,
  use: Use,
): MapNode {
  const { findings } = run;
  const { root } = document;
  if (root === undefined) return below;
  if (root.kind !== "map") {
    findings.fault(place, [], "must be a mapping: services, networks, volumes and so on");
    return below;
  }
  if (use.use === "project" && hasServicesAtTop(root)) {
    findings.fault(root.place, [], servicesAtTop(root));
    return below;
  }
  const filled = interpolate(root, scope.variables, findings);
  if (filled.kind !== "map") return below;
  const kept = takeAway(below, document.replaced);
  const whole =
    use.use === "base"
      ? filled
      : withOthers(filled, { path, replaced: document.replaced }, scope, run, use.trail);
  const unique = keepUnique(merge(kept, whole, findings));
  // A base service is checked as part of the service that extends it, because it can be incomplete.
  const checked = use.use === "base" ? unique : withoutVersion(checkShape(unique, findings), run);
  const merged = keepUnique(canonical(checked, findings));
  return merged.kind === "map" ? merged : below;
}

/** The file with its `extends` and `include` resolved. */
function withOthers(
  root: MapNode,
  file: { path: string; replaced: ComposeDocument["replaced"] },
  scope: Scope,
  run: Run,
  trail: readonly string[],
): MapNode {
  const readBase = (path: string): Layers => readLayers([path], scope, run, { use: "base" });
  const extended = withExtends(root, file, scope, run, readBase);
  return withIncludes(extended, {
    scope,
    run,
    trail: [...trail, file.path],
    readProject: (paths, inner, above) => readProject(paths, inner, run, above),
  });
}

function withoutVersion(root: Node, { findings }: Run): Node {
  const version = get(root, "version");
  if (root.kind !== "map" || version === undefined) return root;
  findings.warn(version.place, ["version"], "is obsolete; remove it");
  return withKey(root, "version", undefined);
}
