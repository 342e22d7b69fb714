/** Reads `env_file` and `label_file`; the values of the service itself have precedence. */

import { DotenvError, parseDotenv, parseRawVariables, type Variables } from "./dotenv";
import type { Run } from "../source/files";
import { type KnownVariables, lookupIn } from "./filled";
import type { Service } from "../model/model";
import type { Path, Plain } from "../source/node";
import type { Origins } from "../source/origins";
import { plainText } from "../model/values";

interface EnvFile {
  readonly path: string;
  readonly required: boolean;
  readonly format: string;
}

/** The service with the variables and labels of its files; `raw` is the service before interpolation. */
export function withFiles(service: Service, raw: Plain, name: string, context: Context): Service {
  const given = typeof raw === "object" && raw !== null && !Array.isArray(raw) ? raw : {};
  const withEnv = withEnvFiles(service, envFiles(given["env_file"] ?? null), name, context);
  return withLabelFiles(withEnv, texts(given["label_file"] ?? null), name, context);
}

/** Reports a fault at a path. */
type Report = (path: Path, text: string) => void;

/** The shared context of all services of a project. */
interface Context {
  readonly variables: KnownVariables;
  /** Receives the values that come from a file. */
  readonly origins: Origins;
  readonly run: Run;
  readonly report: Report;
}

function envFiles(value: Plain): EnvFile[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return [];
    const { path, required, format } = each;
    const optional = required === false || required === "false";
    return [
      { path: plainText(path ?? ""), required: !optional, format: typeof format === "string" ? format : "" },
    ];
  });
}

function texts(value: Plain): string[] {
  return Array.isArray(value) ? value.map(plainText) : [];
}

function withEnvFiles(
  service: Service,
  files: readonly EnvFile[],
  name: string,
  { variables: { values }, origins, run, report }: Context,
): Service {
  const own = service.environment ?? {};
  const known = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)) as Variables;
  const project = lookupIn(values);
  // Variable files can refer to variables of the service itself, unless the project sets them as well.
  const lookup = (variable: string): string | undefined => project(variable) ?? lookupIn(known)(variable);
  let variables: Variables = { ...known };
  files.forEach(({ path, required, format }, index) => {
    const text = run.read(path);
    const at = ["services", name, "env_file", index];
    if (text === undefined) {
      if (required)
        report(at, `refers to ${run.show(path)}, which does not exist; required: false makes it optional`);
      return;
    }
    if (format !== "" && format !== "raw" && format !== ".env") {
      report(at, `has the format ${JSON.stringify(format)}; known: "raw"`);
      return;
    }
    variables =
      attempt(
        () => (format === "raw" ? parseRawVariables : parseDotenv)(text, lookup, variables),
        path,
        at,
        run,
        report,
      ) ?? variables;
  });
  for (const [key, value] of Object.entries(variables))
    if (!Object.hasOwn(own, key)) origins.fromFile(["services", name, "environment", key], key, value);
  const all = { ...variables, ...own };
  return Object.keys(all).length === 0 ? service : { ...service, environment: ordered(all) };
}

function withLabelFiles(
  service: Service,
  files: readonly string[],
  name: string,
  { run, report }: Context,
): Service {
  if (files.length === 0) return service;
  let labels: Variables = {};
  files.forEach((path, index) => {
    const text = run.read(path);
    const at = ["services", name, "label_file", index];
    if (text === undefined) {
      report(at, `refers to ${run.show(path)}, which does not exist`);
      return;
    }
    labels = {
      ...labels,
      ...(attempt(() => parseDotenv(text, lookupIn(labels)), path, at, run, report) ?? {}),
    };
  });
  const all = { ...labels, ...service.labels };
  return Object.keys(all).length === 0 ? service : { ...service, labels: ordered(all) };
}

function attempt(
  parse: () => Variables,
  path: string,
  at: Path,
  run: Run,
  report: Report,
): Variables | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof DotenvError)) throw error;
    report(at, `${run.show(path)}:${String(error.line)}: ${error.message}`);
    return undefined;
  }
}

function ordered<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));
}
