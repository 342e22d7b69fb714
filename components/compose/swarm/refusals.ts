/** The faults that a `SwarmService` would report for a plan, found earlier so that they have a location in the files. */

import { faultsOf } from "../../core/check-args";
import type { Fault } from "../../core/text/message";
import type { SwarmPort, SwarmServiceArgs } from "../../swarm/args";
import { swarmServiceFaults, swarmServiceSchema } from "../../swarm/service/schema";
import { imageRefusals, inFile, type IsWritten } from "../host/in-file";
import type { PlanFinding } from "../host/finding";
import { standInOf } from "../host/arguments/mounts";
import type { SwarmPlan } from "./plan";
import type { PlannedSwarmService } from "./service";

/** The faults of each service without overrides. */
export function swarmRefusals(plan: SwarmPlan, isWritten: IsWritten): PlanFinding[] {
  const taken = new Map<string, string>();
  return plan.services.flatMap((service) => {
    const { name, image, args } = service;
    const at = ["services", name];
    const single = faultsOfArgs(service);
    // A fault of the service itself would be repeated together with the others.
    const faults = single.length > 0 ? single : portClashes(name, args.ports ?? [], taken);
    return [...imageRefusals(plan.images[image], at, isWritten), ...inFile("swarm", at, faults, isWritten)];
  });
}

function faultsOfArgs(service: PlannedSwarmService): readonly Fault[] {
  const args = withStandIns(service);
  const result = swarmServiceSchema.safeParse(args);
  return result.success ? swarmServiceFaults(args, service.name) : faultsOf(result.error.issues);
}

/** The arguments with a placeholder for each object that does not exist yet. */
function withStandIns({ name, args }: PlannedSwarmService): SwarmServiceArgs {
  const { networks = [], mounts, secrets = {}, configs = [], ...rest } = args;
  const planned = {
    ...rest,
    service: name,
    image: { imageId: name, source: name },
    ...(networks.length > 0 && {
      networks: networks.map(({ network, ...more }) => ({
        network: { networkId: network, networkName: network, internal: false, attachable: true },
        ...more,
      })),
    }),
    ...(mounts && { mounts: mounts.map(standInOf) }),
    ...(Object.keys(secrets).length > 0 && {
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([key, { source, ...more }]) => [
          key,
          { secret: { secretId: source, secretName: source }, ...more },
        ]),
      ),
    }),
    ...(configs.length > 0 && {
      files: Object.fromEntries(
        configs.map(({ source, path, ...more }) => [
          path,
          { config: { configId: source, configName: source }, ...more },
        ]),
      ),
    }),
  };
  // The schema does not access objects of other components.
  return planned as unknown as SwarmServiceArgs;
}

/** Every node listens on an ingress port, so a stack can publish each one only once. */
function portClashes(name: string, ports: readonly SwarmPort[], taken: Map<string, string>): Fault[] {
  return ports.flatMap(({ host, protocol = "tcp", mode = "ingress" }, index) => {
    if (host === undefined || mode === "host") return [];
    const key = `${String(host)}/${protocol}`;
    const other = taken.get(key);
    taken.set(key, name);
    return other === undefined
      ? []
      : [
          {
            path: `ports[${String(index)}].host`,
            text: `is ${key}, which the service ${other} also publishes; choose another`,
          },
        ];
  });
}
