/** Conflicts of a service, a secret or a network on a swarm. */

import type { Owner } from "../core/names";
import type { Conflict } from "../deployment/plan/conflict";
import { type HostView, isOfStack, isOwn, ownerOf } from "../deployment/look/host-view";
import type { LiveService } from "./service/drift";
import type { EnginePort } from "./service/port";

/** The conflict of a host that cannot have swarm objects at all; reported once per run. */
export function swarmConflicts({ swarm }: HostView): Conflict[] {
  if (swarm?.isManager === true) return [];
  return [
    swarm === undefined
      ? {
          what: "docker host",
          why: "its Engine is not part of a swarm, which services, secrets, configs and overlay networks require",
          next: "docker swarm init there (on a host with several addresses: --advertise-addr), or docker swarm join as a manager",
        }
      : {
          what: "docker host",
          why: "its Engine is a worker of a swarm, and only a manager can create services",
          next: "use a manager as the host, or run docker node promote for this node on a manager",
        },
  ];
}

interface Wanted {
  readonly name: string;
  readonly hostName: string;
  readonly ports: readonly EnginePort[];
  /** Whether only the manager has its image. */
  readonly localImage: boolean;
}

export function serviceConflicts(
  { swarm, identity }: HostView,
  services: readonly LiveService[],
  owner: Owner,
  { name, hostName, ports, localImage }: Wanted,
): Conflict[] {
  const what = `service "${name}"`;
  const found: Conflict[] = [];
  const holder = services.find((each) => each.name === hostName && !isOwn(each, identity));
  if (holder !== undefined)
    found.push({
      what,
      why: `the name ${hostName} on the swarm belongs to service ${holder.id.slice(0, 12)}, created by ${ownerOf(holder.labels, owner)}`,
      next: isOfStack(holder.labels, owner)
        ? `another stack name (pulumi stack init NAME) to run next to it; or, if its state is lost, docker service rm ${hostName}, which stops its tasks`
        : `docker service inspect ${hostName}; remove it if it is yours, or give this one another name (name: "...")`,
    });
  for (const { Protocol, PublishedPort, PublishMode } of ports) {
    const other = services.find(
      (each) =>
        !isOwn(each, identity) &&
        each.ports.some(
          ({ port, protocol, mode }) =>
            port === PublishedPort &&
            protocol === Protocol &&
            (mode === "ingress" || PublishMode === "ingress"),
        ),
    );
    if (other !== undefined)
      found.push({
        what,
        why: `port ${String(PublishedPort)}/${Protocol} of the swarm belongs to service ${other.name} (${ownerOf(other.labels, owner)})`,
        next: "free that port or choose another",
      });
  }
  if (localImage && (swarm?.nodes ?? 1) > 1) found.push(localImageConflict(name, swarm?.nodes));
  return found;
}

/** The other nodes cannot start a task with that image. */
export function localImageConflict(name: string, nodes = 1): Conflict {
  return {
    what: `service "${name}"`,
    why: `its image is only on this manager, and the swarm has ${String(nodes)} nodes`,
    next: "push it (new RegistryPush(...)) and use the result as the image of the service: image: pushed",
  };
}
