/** What a `SwarmService` would refuse of a plan, told before there is one: so that it can be told with its place in the files. */

import type { Fault } from "../../internal/message";
import type { SwarmPort } from "../../values/swarm-args";
import { imageRefusals, inFile, type IsWritten } from "../plan/in-file";
import type { PlanFinding } from "../plan/finding";
import type { SwarmPlan } from "./plan";

/** Of each service as its files say it. */
export function swarmRefusals(plan: SwarmPlan, isWritten: IsWritten): PlanFinding[] {
  const taken = new Map<string, string>();
  return plan.services.flatMap(({ name, image, args }) => {
    const at = ["services", name];
    const faults = portClashes(name, args.ports ?? [], taken);
    return [...imageRefusals(plan.images[image], at, isWritten), ...inFile("service", at, faults, isWritten)];
  });
}

/** Every node listens on an ingress port, so a stack has each once. */
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
            text: `is ${key}, which the service ${other} publishes too; choose another`,
          },
        ];
  });
}
