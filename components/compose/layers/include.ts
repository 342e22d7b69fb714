/** `include`: merges another project, with its own folder and variables, into this one. */

import { dirname } from "node:path";

import { DotenvError, parseDotenv, type Variables } from "../variables/dotenv";
import { type KnownVariables, lookupIn, withFileVariables } from "../variables/filled";
import { isRemote, REMOTE, type Run, type Scope } from "../source/files";
import {
  get,
  map,
  type MapNode,
  type Node,
  type Path,
  sameValue,
  textOf,
  toPlain,
  withKey,
} from "../source/node";
import { resolvePath } from "../source/paths";

const SECTIONS = ["services", "volumes", "networks", "secrets", "configs", "models"];

/** Reads the files of a project; `trail` lists the files that include it. */
export type ReadProject = (paths: readonly string[], scope: Scope, trail: readonly string[]) => MapNode;

interface Context {
  readonly scope: Scope;
  readonly run: Run;
  readonly trail: readonly string[];
  readonly readProject: ReadProject;
}

export function withIncludes(root: MapNode, context: Context): MapNode {
  const { run } = context;
  const includes = get(root, "include");
  if (includes === undefined) return root;
  const without = withKey(root, "include", undefined);
  if (includes.kind !== "list") {
    run.findings.fault(includes.place, ["include"], "must be a list of files");
    return without;
  }
  return includes.items.reduce<MapNode>((result, item, index) => {
    const included = read(item, ["include", index], context);
    return included === undefined ? result : withResources(result, included, run);
  }, without);
}

function read(item: Node, path: Path, { scope, run, trail, readProject }: Context): MapNode | undefined {
  const fault = (text: string): MapNode | undefined => {
    run.findings.fault(item.place, path, text);
    return undefined;
  };
  const long = item.kind === "map" ? item : map({ path: item }, item.place);
  const names = textsOf(get(long, "path"));
  const [first] = names;
  if (first === undefined) return fault("must name a file, or hold path with one or several");
  if (names.some(isRemote)) return fault(REMOTE);
  const near = (name: string): string => resolvePath({ base: scope.folder, home: run.home }, name);
  const paths = names.map(near);
  const missing = paths.find((each) => run.read(each) === undefined);
  if (missing !== undefined) return fault(`refers to ${run.show(missing)}, which does not exist`);
  const [main = ""] = paths;
  if (trail.includes(main)) return fault(`is circular: ${[...trail, main].map(run.show).join(" includes ")}`);
  const given = textOf(get(long, "project_directory"));
  const folder = given === undefined || given === "" ? dirname(main) : near(given);
  const variables = readVariables(textsOf(get(long, "env_file")).map(near), folder, scope.variables, run);
  if (typeof variables === "string") return fault(variables);
  return readProject(paths, { folder, variables }, trail);
}

function textsOf(node: Node | undefined): string[] {
  if (node === undefined) return [];
  const plain = toPlain(node);
  return (Array.isArray(plain) ? plain : [plain]).filter((each) => typeof each === "string");
}

/** The variables of the included project: those of the including project have precedence over its own files or `.env`. */
function readVariables(
  files: readonly string[],
  folder: string,
  outer: KnownVariables,
  run: Run,
): KnownVariables | string {
  const dotenv = resolvePath({ base: folder, home: run.home }, ".env");
  const paths = files.length > 0 ? files : run.read(dotenv) === undefined ? [] : [dotenv];
  let variables: Variables = {};
  for (const path of paths) {
    const text = run.read(path);
    if (text === undefined) return `refers to the env_file ${run.show(path)}, which does not exist`;
    try {
      variables = parseDotenv(text, lookupIn(outer.values), variables);
    } catch (error) {
      if (!(error instanceof DotenvError)) throw error;
      return `refers to ${run.show(path)}, which is not valid on line ${String(error.line)}: ${error.message}`;
    }
  }
  return withFileVariables(variables, outer);
}

/** An identical definition is accepted twice; two different definitions with one name are a fault. */
function withResources(root: MapNode, included: MapNode, run: Run): MapNode {
  return SECTIONS.reduce((result, section) => {
    const more = get(included, section);
    if (more?.kind !== "map") return result;
    const own = get(result, section);
    const entries = new Map(own?.kind === "map" ? own.entries : []);
    for (const [name, entry] of more.entries) {
      const former = entries.get(name);
      if (former === undefined) entries.set(name, entry);
      else if (!sameValue(former.value, entry.value))
        run.findings.fault(
          former.place,
          [section, name],
          `is also defined in ${entry.place.file}:${String(entry.place.line)}, which is included; rename one of them`,
        );
    }
    return withKey(result, section, { kind: "map", entries, place: own?.place ?? more.place });
  }, root);
}
