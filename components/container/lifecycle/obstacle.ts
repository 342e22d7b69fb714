/** Conflicts of a container right before its creation: the host can have changed since the inspection. */

import type Docker from "dockerode";

import type { Owner } from "../../core/names";
import { isLocal, portsHere } from "../../deployment/look/engine/here";
import { isOwn } from "../../deployment/look/host-view";
import { isRunning, type Needs } from "../../deployment/plan/plan";
import { type Contest, nameConflicts, portConflicts } from "../conflicts";
import { failureText } from "../../core/text/failure-report";
import type { HostContainer } from "../live";

interface Question {
  readonly what: string;
  readonly owner: Owner;
  readonly needs: Needs;
  readonly all: readonly HostContainer[];
  /** The containers that stop first. */
  readonly free: readonly HostContainer[];
  readonly identity: string;
}

/** The error; undefined without a conflict. */
export async function obstacle(engine: Docker, question: Question): Promise<string | undefined> {
  const { what, owner, needs, all, free, identity } = question;
  const makesWay = (each: HostContainer): boolean => free.includes(each);
  const contest: Contest = {
    owner,
    containers: all,
    hostName: needs.hostName,
    bindings: needs.bindings,
    here: isLocal(engine) ? portsHere() : undefined,
    // Containers of this deployment hand over names, but not ports.
    givesUp: { name: (each) => makesWay(each) || isOwn(each, identity), ports: makesWay },
  };
  const [name] = nameConflicts(contest);
  if (name !== undefined)
    return failureText({
      what,
      why: name.why,
      now: "nothing was changed; that container was not touched",
      next: `${name.next}; then run pulumi up again`,
    });
  const ports = await portConflicts(contest);
  if (ports.length === 0) return undefined;
  const serving = free.filter(isRunning).map((each) => each.name);
  return failureText({
    what,
    why: ports.map(({ why }) => why).join("; "),
    now: `nothing was changed; ${serving.length > 0 ? `${serving.join(", ")} is still serving` : "no version of it is running"}`,
    next: `${[...new Set(ports.map(({ next }) => next))].join("; ")}, then run pulumi up again`,
  });
}
