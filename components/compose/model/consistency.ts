/** Checks the references between the parts of a project. */

import type { Project, Service } from "./model";
import type { FileObject } from "./parts";
import type { Path } from "../source/node";
import type { Selected } from "../layers/profiles";

import { didYouMean } from "../../core/text/nearest";

export type Report = (path: Path, text: string) => void;

/** Everything that a service can refer to. */
interface World extends Selected {
  readonly project: Project;
  readonly report: Report;
}

export function checkConsistency(project: Project, selected: Selected, report: Report): void {
  const world: World = { ...selected, project, report };
  for (const [name, service] of Object.entries(selected.enabled)) {
    const at: Path = ["services", name];
    checkImage(service, at, world);
    checkReferences(service, at, world);
    checkDependencies(service, at, world);
    checkLimits(service, at, report);
    checkScale(service, at, report);
    checkTargets(service, at, report);
    checkWords(service, at, report);
  }
  checkContainerNames(selected, report);
  checkCycles(selected, report);
  for (const [name, secret] of Object.entries(project.secrets ?? {}))
    checkSecret(secret, ["secrets", name], report);
}

function checkSecret({ external, file, environment }: FileObject, at: Path, report: Report): void {
  if (external !== true && file === undefined && environment === undefined)
    report(at, "needs file or environment");
}

function checkImage(
  { image, build, provider, platform }: Service,
  at: Path,
  { enabled, disabled, report }: World,
): void {
  if (image === undefined && build === undefined && provider === undefined)
    report(at, "needs image or build");
  if (build === undefined) return;
  if (build.dockerfile !== undefined && build.dockerfile_inline !== undefined)
    report([...at, "build", "dockerfile_inline"], "conflicts with dockerfile: keep one");
  for (const [key, context] of Object.entries(build.additional_contexts ?? {})) {
    if (!context.startsWith("service:")) continue;
    const other = context.slice("service:".length);
    const place = [...at, "build", "additional_contexts", key];
    if (!Object.hasOwn(enabled, other))
      report(place, `refers to the service ${other}, which ${missing(other, enabled, disabled)}`);
    else if (enabled[other]?.build === undefined)
      report(place, `refers to the service ${other}, which is not built`);
  }
  const { platforms = [] } = build;
  if (platform !== undefined && platforms.length > 0 && !platforms.includes(platform))
    report([...at, "build", "platforms"], `must hold the service's own platform, ${platform}`);
}

function missing(name: string, enabled: Selected["enabled"], disabled: Selected["disabled"]): string {
  const off = Object.hasOwn(disabled, name) ? disabled[name] : undefined;
  if (off === undefined)
    return `does not exist${didYouMean(name, [...Object.keys(enabled), ...Object.keys(disabled)])}`;
  return `only runs with ${(off.profiles ?? []).map((profile) => `--profile ${profile}`).join(" or ")}`;
}

/** The fault of a reference to an undeclared object, with the nearest declared name or the remedy. */
function unknown(kind: string, name: string, known: object = {}): string {
  const remedy = didYouMean(name, Object.keys(known)) || "; add it there";
  return `refers to the ${kind} ${name}, which is not declared under ${kind}s${remedy}`;
}

function checkReferences(service: Service, at: Path, { project, report }: World): void {
  const named = (
    kind: string,
    names: readonly (string | undefined)[],
    known: object | undefined,
    key: Path,
  ): void =>
    names.forEach((name, index) => {
      if (name !== undefined && name !== "" && !Object.hasOwn(known ?? {}, name))
        report([...at, ...key, index], unknown(kind, name, known));
    });
  if (service.network_mode !== undefined && Object.keys(service.networks ?? {}).length > 0)
    report([...at, "networks"], "conflicts with network_mode: keep one");
  for (const network of Object.keys(service.networks ?? {}))
    if (!Object.hasOwn(project.networks ?? {}, network))
      report([...at, "networks", network], unknown("network", network, project.networks));
  const volumes = (service.volumes ?? []).map(({ type, source }) => (type === "volume" ? source : undefined));
  named("volume", volumes, project.volumes, ["volumes"]);
  const sources = (references: Service["secrets"] = []): (string | undefined)[] =>
    references.map(({ source }) => source);
  named("secret", sources(service.secrets), project.secrets, ["secrets"]);
  named("secret", sources(service.build?.secrets), project.secrets, ["build", "secrets"]);
  named("config", sources(service.configs), project.configs, ["configs"]);
}

function checkDependencies(service: Service, at: Path, { enabled, disabled, report }: World): void {
  for (const [name, { required }] of Object.entries(service.depends_on ?? {})) {
    if (Object.hasOwn(enabled, name) || (Object.hasOwn(disabled, name) && !required)) continue;
    report(
      [...at, "depends_on", name],
      `needs the service ${name}, which ${missing(name, enabled, disabled)}`,
    );
  }
}

/** Values that can be given in two places must be equal. */
function checkLimits(service: Service, at: Path, report: Report): void {
  const { limits, reservations } = service.deploy?.resources ?? {};
  const alike = (
    key: string,
    one: unknown,
    other: unknown,
    where: string,
    stated: object | undefined,
  ): void => {
    if (one !== undefined && stated !== undefined && one !== other)
      report([...at, key], `differs from deploy.resources.${where}: keep one of them`);
  };
  alike("cpus", service.cpus, limits?.cpus, "limits.cpus", limits);
  alike("mem_limit", service.mem_limit, limits?.memory, "limits.memory", limits);
  alike(
    "mem_reservation",
    service.mem_reservation,
    reservations?.memory,
    "reservations.memory",
    reservations,
  );
  alike("pids_limit", service.pids_limit, limits?.pids, "limits.pids", limits);
}

function checkScale({ scale, deploy, container_name: name }: Service, at: Path, report: Report): void {
  const replicas = deploy?.replicas;
  if (scale !== undefined && replicas !== undefined && scale !== replicas)
    report([...at, "scale"], "differs from deploy.replicas: keep one of them");
  if (scale !== undefined && scale < 0) report([...at, "scale"], "must be at least 0");
  if (replicas !== undefined && replicas < 0) report([...at, "deploy", "replicas"], "must be at least 0");
  if ((scale ?? replicas ?? 1) > 1 && name !== undefined)
    report([...at, "container_name"], "is one name for several containers; remove it, or run one");
}

/** Each path of the container can be used by one mount only. */
function checkTargets({ tmpfs = [], volumes = [] }: Service, at: Path, report: Report): void {
  const taken = new Map<string, string>();
  const mounted = (target: string, where: Path): void => {
    const former = taken.get(target);
    if (former !== undefined) report([...at, ...where], `mounts at ${target}, which ${former} already uses`);
    taken.set(target, `${String(where[0])}[${String(where[1])}]`);
  };
  tmpfs.forEach((each, index) => mounted(each.split(":", 1)[0] ?? each, ["tmpfs", index]));
  volumes.forEach(({ target }, index) => {
    if (target !== undefined) mounted(target, ["volumes", index]);
  });
}

function checkWords({ healthcheck, develop }: Service, at: Path, report: Report): void {
  const first = healthcheck?.test?.[0];
  if (first !== undefined && !["CMD", "CMD-SHELL", "NONE"].includes(first))
    report(
      [...at, "healthcheck", "test"],
      'as a list must begin with "CMD", "CMD-SHELL" or "NONE"; a text runs in a shell',
    );
  develop?.watch?.forEach(({ target, action }, index) => {
    if (target === undefined && action !== "rebuild" && action !== "restart")
      report([...at, "develop", "watch", index], `needs a target for the action ${action}`);
  });
}

function checkContainerNames({ enabled }: Selected, report: Report): void {
  const owners = new Map<string, string>();
  for (const [service, { container_name: name }] of Object.entries(enabled)) {
    if (name === undefined) continue;
    const owner = owners.get(name);
    if (owner !== undefined)
      report(["services", service, "container_name"], `is taken by the service ${owner}`);
    owners.set(name, service);
  }
}

function checkCycles({ enabled }: Selected, report: Report): void {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): boolean => {
    const at = trail.indexOf(name);
    if (at !== -1) {
      report(["services", name, "depends_on"], `is circular: ${[...trail.slice(at), name].join(" needs ")}`);
      return true;
    }
    if (done.has(name)) return false;
    const found = Object.keys(enabled[name]?.depends_on ?? {}).some((other) =>
      visit(other, [...trail, name]),
    );
    done.add(name);
    return found;
  };
  Object.keys(enabled).some((name) => visit(name, []));
}
