/** `extends`: a service that is merged over a base service of this file or of another file. */

import { dirname } from "node:path";

import { isRemote, REMOTE, type Run, type Scope } from "../source/files";
import { merge } from "./merge";
import { get, isNull, type MapNode, mapValues, type Node, type Path, textOf, withKey } from "../source/node";
import { absolutePaths } from "../model/passes";
import { resolvePath } from "../source/paths";
import { takeAway } from "./reset";

import { didYouMean } from "../../core/text/nearest";

/** Reads the services of a file, and what its tags remove. */
export type ReadBase = (path: string) => { root: MapNode; replaced: readonly Path[] };

interface Context {
  readonly scope: Scope;
  readonly run: Run;
  readonly readBase: ReadBase;
}

/** The services of one file, and what its tags remove from their base services. */
interface Source {
  readonly path: string;
  readonly services: MapNode;
  readonly replaced: readonly Path[];
}

export function withExtends(
  root: MapNode,
  { path, replaced }: { path: string; replaced: readonly Path[] },
  scope: Scope,
  run: Run,
  readBase: ReadBase,
): MapNode {
  const services = get(root, "services");
  if (services?.kind !== "map") return root;
  const source: Source = { path, services, replaced };
  const extended = mapValues(
    services,
    (_service, name) => extend(name, source, { scope, run, readBase }, []) ?? undefined,
  );
  return withKey(root, "services", extended);
}

function extend(name: string, source: Source, context: Context, trail: readonly string[]): Node | undefined {
  const { run } = context;
  const service = get(source.services, name);
  const reference = get(service, "extends");
  if (service?.kind !== "map" || reference === undefined) return service;
  const fault = (text: string, at: Path = []): Node => {
    run.findings.fault(reference.place, ["services", name, "extends", ...at], text);
    return withKey(service, "extends", undefined);
  };
  const wanted = textOf(reference) ?? textOf(get(reference, "service"));
  if (wanted === undefined) return fault("must name a service");
  const here = `${name} in ${run.show(source.path)}`;
  if (trail.includes(here)) return fault(`is circular: ${[...trail, here].join(" extends ")}`);
  const file = get(reference, "file");
  const other = file === undefined || isNull(file) ? source : read(file, context);
  if (typeof other === "string") return fault(other, ["file"]);
  if (!other.services.entries.has(wanted))
    return fault(
      `refers to the service ${wanted}, which ${run.show(other.path)} does not have${didYouMean(wanted, [...other.services.entries.keys()])}`,
    );
  const base = extend(wanted, other, context, [...trail, here]);
  if (base === undefined || isNull(base)) return service;
  const kept = taken(base, name, source.replaced);
  const merged = merge(kept, service, run.findings, ["services", name]);
  return merged.kind === "map" ? withKey(merged, "extends", undefined) : merged;
}

/** The base service without what this service removes with `!reset` and `!override`. */
function taken(base: Node, name: string, replaced: readonly Path[]): Node {
  const paths = replaced.filter(([section, service]) => section === "services" && service === name);
  return takeAway(
    base,
    paths.map((path) => path.slice(2)).filter((path) => path.length > 0),
  );
}

/** The services of another file with absolute paths, or the fault. */
function read(file: Node, { scope, run, readBase }: Context): Source | string {
  const name = textOf(file);
  if (name === undefined) return "must be the path of a Compose file";
  if (isRemote(name)) return REMOTE;
  const path = resolvePath({ base: scope.folder, home: run.home }, name);
  if (run.read(path) === undefined) return `refers to ${run.show(path)}, which does not exist`;
  const { root, replaced } = readBase(path);
  const base = dirname(path);
  const absolute = absolutePaths(root, { base, home: run.home }, run.findings);
  const services = get(absolute, "services");
  if (services?.kind !== "map") return `refers to ${run.show(path)}, which has no services`;
  return { path, services, replaced };
}
