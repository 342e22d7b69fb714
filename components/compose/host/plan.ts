/** The plan of a Compose project on a plain Docker host: the components to create, named by the keys of the file. Pure. */

import { LEAVE_OUT, SWARM } from "../keys/aspects/limit";
import type { Project, Service } from "../model/model";
import { type Finding, findings, type PlanFinding } from "./finding";
import { namedImages, type PlannedImage, plannedImages } from "./images";
import { type PlannedNetwork, plannedNetworks } from "./networks";
import { type PlannedService, plannedService } from "./service";
import { type PlannedVolume, plannedVolumes } from "./volumes";

export interface ComposePlan {
  /** The name of the Compose project. */
  readonly project: string;
  /** By the name under which services refer to them. */
  readonly images: Readonly<Record<string, PlannedImage>>;
  readonly networks: Readonly<Record<string, PlannedNetwork>>;
  readonly volumes: Readonly<Record<string, PlannedVolume>>;
  /** In the order of their dependencies. */
  readonly services: readonly PlannedService[];
}

/** The plan with its errors and warnings. */
export interface Planned<Plan = ComposePlan> {
  readonly plan: Plan;
  readonly faults: readonly PlanFinding[];
  readonly warnings: readonly PlanFinding[];
}

export function planProject(model: Project): Planned {
  const found = findings();
  const jobs = jobsOf(model, found.fault);
  namesOfCluster(model, found.warn);
  const services = inOrder(model.services).map(([name, service]) =>
    plannedService(name, service, model, jobs.has(name), found),
  );
  return {
    plan: {
      project: model.name,
      images: namedImages(plannedImages(model, found), model.services),
      networks: plannedNetworks(model.networks ?? {}, found.fault),
      volumes: plannedVolumes(model.volumes ?? {}),
      services,
    },
    faults: found.faults,
    warnings: found.warnings,
  };
}

/** On one host, secrets and configs are files of their containers. */
function namesOfCluster(model: Project, warn: Finding): void {
  for (const section of ["secrets", "configs"] as const)
    for (const [key, { name }] of Object.entries<{ readonly name?: string }>(model[section] ?? {}))
      if (name !== undefined && name !== `${model.name}_${key}`)
        warn([section, key, "name"], `${SWARM}; ${LEAVE_OUT}`);
}

/** A service whose completion another service waits for is a job. */
function jobsOf({ services }: Project, fault: Finding): ReadonlySet<string> {
  const conditions = Object.values(services).flatMap(({ depends_on = {} }) => Object.entries(depends_on));
  const awaited = (condition: string): Set<string> =>
    new Set(conditions.filter(([, each]) => each.condition === condition).map(([name]) => name));
  const jobs = awaited("service_completed_successfully");
  for (const name of awaited("service_healthy"))
    if (jobs.has(name))
      fault(["services", name], "cannot be both healthy and completed; use only one of the two conditions");
  return jobs;
}

/** Dependencies first; the loader has refused cycles. */
export function inOrder(services: Readonly<Record<string, Service>>): [string, Service][] {
  const ordered = new Map<string, Service>();
  const visit = (name: string): void => {
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    if (service === undefined || ordered.has(name)) return;
    for (const dependency of Object.keys(service.depends_on ?? {})) visit(dependency);
    ordered.set(name, service);
  };
  for (const name of Object.keys(services).sort()) visit(name);
  return [...ordered];
}
