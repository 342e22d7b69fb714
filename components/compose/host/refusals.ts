/** The faults that a component would report for a plan, found earlier so that they have a location in the files. */

import { faultsOf } from "../../core/check-args";
import type { Fault } from "../../core/text/message";
import type { ContainerArgs } from "../../container/args";
import { containerSchema, crossFieldFaults } from "../../container/schema";
import { jobFaults, jobSchema } from "../../container/job/args";
import { bindingsOf } from "../../container/ports/port";
import { clashFaults, type Published } from "../../container/ports/published";
import type { PlannedFile } from "./arguments/files";
import type { PlanFinding } from "./finding";
import { imageRefusals, inFile, type IsWritten } from "./in-file";
import { standInOf } from "./arguments/mounts";
import type { ComposePlan } from "./plan";
import type { PlannedService } from "./service";

/** The faults of each service without overrides, and of its image. */
export function refusals(plan: ComposePlan, isWritten: IsWritten): PlanFinding[] {
  const claims: Published[] = [];
  return plan.services
    .filter(({ replicas }) => replicas > 0)
    .flatMap((service) => {
      const at = ["services", service.name];
      const single = faultsOfArgs(service, plan);
      // A fault of the service itself would be repeated together with the others.
      const faults = single.length > 0 ? single : clashes(service, claims, plan.project);
      return [
        ...imageRefusals(plan.images[service.image], at, isWritten),
        ...inFile("service", at, faults, isWritten),
      ];
    });
}

function faultsOfArgs(service: PlannedService, plan: ComposePlan): readonly Fault[] {
  const args = withStandIns(service, plan);
  const isJob = service.kind === "job";
  const result = (isJob ? jobSchema : containerSchema).safeParse(args);
  if (!result.success) return faultsOf(result.error.issues);
  return isJob ? jobFaults(args) : crossFieldFaults(args, service.name);
}

/** Conflicts with the names and ports of other services; one fault per service is enough. */
function clashes({ name, replicas, args }: PlannedService, claims: Published[], project: string): Fault[] {
  const bindings = bindingsOf(args.ports ?? []);
  const numbers = Array.from({ length: replicas }, (_, index) => String(index + 1));
  return numbers
    .flatMap((number) => {
      const hostName = args.name ?? `${project}-${name}-${number}`;
      const mine = { name: `${name}-${number}`, hostName, bindings };
      const faults = clashFaults(mine, claims);
      claims.push(mine);
      return faults;
    })
    .slice(0, 1);
}

/** The arguments with a placeholder for each object that does not exist yet. */
function withStandIns({ name, kind, args }: PlannedService, plan: ComposePlan): ContainerArgs {
  const { networks, mounts, files = [], secrets = {}, ...rest } = args;
  const standIns = new Map(
    Object.entries(plan.networks).map(([key, network]) => [
      key,
      {
        networkId: key,
        networkName: key,
        ...("args" in network
          ? { internal: network.args.internal ?? false, subnet: network.args.subnet }
          : { internal: false }),
      },
    ]),
  );
  const planned = {
    ...rest,
    image: { imageId: name, source: name },
    ...(kind === "containers" && { service: name }),
    ...(networks && {
      networks: networks.map(({ network, ...more }) => ({ network: standIns.get(network), ...more })),
    }),
    ...(mounts && { mounts: mounts.map(standInOf) }),
    ...(files.length > 0 && {
      files: Object.fromEntries(files.map((file) => [file.path, standIn(file)])),
    }),
    ...(Object.keys(secrets).length > 0 && {
      secrets: Object.fromEntries(Object.keys(secrets).map((key) => [key, "a secret"])),
    }),
  };
  // The schema does not access objects of other components.
  return planned as unknown as ContainerArgs;
}

function standIn({ from, mode }: PlannedFile): object {
  return { content: "content" in from ? from.content : "a text", ...(mode !== undefined && { mode }) };
}
