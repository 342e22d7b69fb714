/** Reads a Compose file as subjects of a Swarm, as a `SwarmStack` runs it. */

import type { Project, Service } from "../../compose/model/model";
import type { SwarmPlan } from "../../compose/swarm/plan";
import type { PlannedSwarmService } from "../../compose/swarm/service";
import { defaultLogging } from "../../container/logging";
import type { NetworkSubject, ServiceSubject, StackSubject } from "../subject";
import { containerOf, readObjects } from "./compose";
import { restart } from "./program-service";
import type { ReadFile } from "./program";

export function readStackFile(model: Project, plan: SwarmPlan, read: ReadFile): StackSubject {
  const { dockerfiles, ...rest } = readObjects(model, plan.images, "overlay", read);
  return {
    ...rest,
    dockerfiles: [...dockerfiles.values()],
    networks: rest.networks.map((each) => ({ ...each, options: overlayOptions(each, plan) })),
    containers: plan.services.map((planned) => {
      const service = model.services[planned.name];
      const subject = containerOf(
        { name: planned.name, kind: "containers", replicas: planned.args.replicas ?? 1 },
        service,
        dockerfiles.get(planned.image),
      );
      return {
        ...subject,
        networkMode: undefined,
        networks: (planned.args.networks ?? []).map(({ network }) => network),
        ports: subject.ports.map((port, index) => ({
          ...port,
          mode: service?.ports?.[index]?.mode ?? "ingress",
        })),
        // A task without a log driver gets one with limited file sizes.
        ...(planned.args.logging === undefined && {
          logDriver: defaultLogging.driver,
          logOptions: defaultLogging.options,
        }),
        restart: restartOf(planned),
        startsFirst: startsFirst(planned),
        swarm: swarmFacts(planned, service),
      };
    }),
  };
}

/** An `OverlayNetwork` is encrypted by default. */
function overlayOptions(
  { name, options }: NetworkSubject,
  { networks }: SwarmPlan,
): NetworkSubject["options"] {
  const planned = networks[name];
  const isEncrypted = planned === undefined || "external" in planned || planned.args.encrypted !== false;
  return { ...options, encrypted: String(isEncrypted) };
}

function restartOf({ args: { restart: given } }: PlannedSwarmService): string {
  if (given === undefined) return restart();
  if (typeof given === "string") return given;
  return "onFailure" in given ? "on-failure" : restart(given.condition);
}

/** The default of a `SwarmService`: start-first wherever possible. */
function startsFirst({ args }: PlannedSwarmService): boolean {
  const { update, mounts = [], ports = [], placement } = args;
  const order = typeof update === "string" ? update : update?.order;
  if (order !== undefined) return order === "start-first";
  return (
    ports.every(({ mode }) => mode !== "host") &&
    mounts.every((mount) => "tmpfs" in mount || mount.readOnly === true) &&
    placement?.maxReplicasPerNode === undefined
  );
}

function swarmFacts({ args }: PlannedSwarmService, service: Service | undefined): ServiceSubject["swarm"] {
  const { global = false, placement, reservations, update } = args;
  const memory = reservations?.memoryMiB;
  return {
    global,
    constraints: placement?.constraints ?? [],
    maxReplicasPerNode: placement?.maxReplicasPerNode,
    parallelism: (typeof update === "string" ? undefined : update?.parallelism) ?? 1,
    failureAction: service?.deploy?.update_config?.failure_action ?? "rollback",
    reservedBytes: typeof memory === "number" ? memory * 2 ** 20 : undefined,
  };
}
