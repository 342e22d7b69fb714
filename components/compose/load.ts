/**
 * From the text of Compose files to one normalised project. It does not open files or read the process environment: both are
 * passed in.
 */

import { basename, dirname, isAbsolute, relative, resolve } from "node:path";

import { Comments } from "./source/comments";
import { checkConsistency } from "./model/consistency";
import { withDefaultNetwork, withNames } from "./model/defaults";
import { DotenvError, parseDotenv, type Variables } from "./variables/dotenv";
import { type Environment, withVariables } from "./variables/environment";
import {
  ComposeError,
  type ComposeFault,
  type ComposeWarning,
  faultIn,
  Findings,
  shown,
} from "./source/faults";
import type { ReadFile, Run } from "./source/files";
import { type KnownVariables, lookupIn, withFileVariables } from "./variables/filled";
import { mayBeSecret } from "./variables/interpolate";
import { readProject } from "./layers/layers";
import { decodeProject, type Project, type Service } from "./model/model";
import { locate, type MapNode, type Path, type Plain, toPlain } from "./source/node";
import { withImpliedDependencies } from "./model/normalise/implied";
import { Origins } from "./source/origins";
import { selectServices, withoutUnused } from "./layers/profiles";
import { projectName } from "./project-name";
import { hostLimits } from "./support/limits";
import type { Limit } from "./keys/aspects/limit";
import { findUnsupported, type Unsupported } from "./support/check";
import { withFiles } from "./variables/files";
import { parseYaml } from "./source/yaml";

export interface LoadOptions {
  /** The Compose files, each merged over the previous ones. */
  readonly files: readonly string[];
  /** The variables; those of the process are only used if they are passed here. */
  readonly environment: Environment;
  /** Variable files; `environment` has precedence. @defaultValue `.env` next to the first file, if it exists */
  readonly envFiles?: readonly string[];
  /** @defaultValue those that the variable COMPOSE_PROFILES names */
  readonly profiles?: readonly string[];
  /** @defaultValue the variable COMPOSE_PROJECT_NAME, otherwise `name` of the files, otherwise the folder name */
  readonly projectName?: string;
  /** The base of relative names in `files` and `envFiles`, and of file names in errors. */
  readonly workingDirectory: string;
  readonly read: ReadFile;
  /** The unsupported keys of the target. @defaultValue those of a plain host */
  readonly limits?: readonly Limit[];
}

export interface Loaded {
  readonly model: Project;
  readonly warnings: readonly ComposeWarning[];
  /** The unsupported keys in the project, as errors or warnings. */
  readonly unsupported: readonly Unsupported[];
  /** A later finding about the model, with its place. */
  readonly placed: (finding: { readonly path: Path; readonly text: string }) => ComposeFault;
  /** Whether the files have a value there. */
  readonly isWritten: (path: Path) => boolean;
  /** False for services that are off, and for what only they use. */
  readonly isPartOfProject: (path: Path) => boolean;
  readonly comments: Comments;
  /** The origins of the model's values. */
  readonly origins: Origins;
  /** The variables of the project, including those of its files. */
  readonly variables: KnownVariables;
}

/** Variables that determine names. */
const PUBLIC = ["COMPOSE_PROJECT_NAME", "COMPOSE_PROFILES", "COMPOSE_FILE"];

/** Throws one `ComposeError` with every fault. */
export function loadCompose(options: LoadOptions): Loaded {
  const findings = new Findings();
  const run = startRun(options, findings);
  const paths = options.files.map((file) => resolve(options.workingDirectory, file));
  const [main] = paths;
  if (main === undefined) {
    findings.fault(undefined, [], "no Compose file is given");
    throw new ComposeError(findings.faults);
  }
  const folder = dirname(main);
  const read = readVariables(options, folder, run);
  findings.throwIfAny();
  const name = projectName(options.projectName, paths, basename(folder), read.values, run);
  const variables = {
    values: { ...read.values, COMPOSE_PROJECT_NAME: name },
    // The project name is not a secret, whatever its source.
    fromFiles: new Set([...read.fromFiles].filter((each) => !PUBLIC.includes(each))),
  };
  const root = readProject(paths, { folder, variables }, run);
  if (root.entries.size === 0 && findings.faults.length === 0)
    findings.fault(undefined, [], `${run.show(main)} is empty; a Compose file starts with services:`);
  findings.seal();
  const complete = withNames(
    withImpliedDependencies(withVariables(withDefaultNetwork(root), variables)),
    name,
  );
  const report = (path: Path, text: string): void =>
    findings.faultAt(complete, path, withFound(text, path, complete));
  const origins = new Origins(complete);
  const profiles = profilesOf(options, read.values);
  const model = assemble(complete, { name, variables, profiles, origins }, run, report);
  findings.throwIfAny();
  const unsupported = findUnsupported(complete, options.limits ?? hostLimits).filter(({ path }) =>
    isPartOf(model, path),
  );
  const comments = new Comments(
    complete,
    run.show(main),
    (file) => run.read(resolve(options.workingDirectory, file)) ?? "",
  );
  return {
    model,
    warnings: findings.warnings,
    unsupported,
    placed: ({ path, text }) => faultIn(complete, path, text),
    isWritten: (path) => locate(complete, path).node !== undefined,
    isPartOfProject: (path) => isPartOf(model, path),
    comments,
    origins,
    variables,
  };
}

/** A fault of a value ends with the value, unless it can be a secret. */
function withFound(text: string, path: Path, root: MapNode): string {
  const { node } = locate(root, path);
  const says = text.startsWith("must be ") && !text.includes(", got ");
  return says && node?.kind === "scalar" && !mayBeSecret(path) ? `${text}, got ${shown(node)}` : text;
}

/** False for services that are off, and for what only they use. */
function isPartOf(model: Project, [section, name]: Path): boolean {
  const parts: readonly [string, unknown][] = Object.entries(model);
  const part = parts.find(([key]) => key === section)?.[1];
  return typeof part === "object" && part !== null && Object.hasOwn(part, String(name));
}

function startRun({ read, environment, workingDirectory }: LoadOptions, findings: Findings): Run {
  const show = (path: string): string => {
    const near = relative(workingDirectory, path);
    return near === "" || near.startsWith("..") || isAbsolute(near) ? path : near;
  };
  const text = once(read);
  return {
    findings,
    home: lookupIn(environment)("HOME"),
    read: text,
    documents: once((path) => {
      const given = text(path);
      return given === undefined ? undefined : parseYaml(show(path), given, findings);
    }),
    show,
  };
}

/** Caches the results. */
function once<T>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (path) => {
    const known = answers.get(path) ?? { answer: ask(path) };
    answers.set(path, known);
    return known.answer;
  };
}

/** The variables of the project: the given ones have precedence over those of the files. */
function readVariables(
  { envFiles, environment, workingDirectory }: LoadOptions,
  folder: string,
  run: Run,
): KnownVariables {
  const paths = variableFiles(envFiles, environment, workingDirectory, folder, run);
  let variables: Variables = {};
  for (const path of paths) {
    const text = run.read(path);
    if (text === undefined) {
      run.findings.fault(undefined, [], `the variable file ${run.show(path)} does not exist`);
      continue;
    }
    try {
      variables = parseDotenv(text, lookupIn(environment), variables);
    } catch (error) {
      if (!(error instanceof DotenvError)) throw error;
      run.findings.fault({ file: run.show(path), line: error.line, column: 1 }, [], error.message);
    }
  }
  return withFileVariables(variables, { values: environment, fromFiles: new Set() });
}

/** The given files, otherwise `.env` next to the first file, unless a variable disables it. */
function variableFiles(
  named: readonly string[] = [],
  environment: Environment,
  workingDirectory: string,
  folder: string,
  run: Run,
): string[] {
  if (named.length > 0) return named.map((file) => resolve(workingDirectory, file));
  if (/^(1|t|true)$/i.test(lookupIn(environment)("COMPOSE_DISABLE_ENV_FILE") ?? "")) return [];
  const dotenv = resolve(folder, ".env");
  return run.read(dotenv) === undefined ? [] : [dotenv];
}

function profilesOf({ profiles }: LoadOptions, variables: Environment): readonly string[] {
  if (profiles !== undefined && profiles.length > 0) return profiles;
  return (lookupIn(variables)("COMPOSE_PROFILES") ?? "").split(",").map((profile) => profile.trim());
}

interface Assembly {
  readonly name: string;
  readonly variables: KnownVariables;
  readonly profiles: readonly string[];
  readonly origins: Origins;
}

function assemble(
  root: MapNode,
  { name, variables, profiles, origins }: Assembly,
  run: Run,
  report: (path: Path, text: string) => void,
): Project {
  const plain = toPlain(root);
  const project = decodeProject(plain, name, report);
  const selected = selectServices(project.services, profiles);
  checkConsistency(project, selected, report);
  // From entries, because a service can be named __proto__.
  const services = Object.entries(selected.enabled).map(([key, service]): [string, Service] => {
    const raw = (plain as { services?: Record<string, Plain> }).services?.[key] ?? null;
    return [key, withScale(withFiles(service, raw, key, { variables, origins, run, report }))];
  });
  return withoutUnused({ ...project, services: Object.fromEntries(services) });
}

/** `scale` and `deploy.replicas` are equivalent. */
function withScale(service: Service): Service {
  const { scale, deploy } = service;
  return scale === undefined || deploy === undefined
    ? service
    : { ...service, deploy: { ...deploy, replicas: scale } };
}
