/** Conflicts of a container right before its creation: the host can have changed since the inspection. */

import type Docker from "dockerode";

import { canListen } from "../ports/engine";
import { failureText } from "../health/evidence";
import { adoptRemedy, isOwn, ownerOf } from "../../deployment/look/host-view";
import type { HostContainer } from "../live";
import { type Binding, clash, showBinding } from "../ports/port";

import type { Owner } from "../../core/names";
import { isRunning, type Needs } from "../../deployment/plan/plan";

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
  return nameTaken(question) ?? (await portTaken(engine, question));
}

function nameTaken({ what, owner, needs: { hostName }, all, free, identity }: Question): string | undefined {
  const holder = all.find(({ name }) => name === hostName);
  if (holder === undefined || free.includes(holder) || isOwn(holder, identity)) return undefined;
  const other = `docker rename ${hostName} another-name (or remove it, if it is yours); or give this one another name: name: "..."`;
  return failureText({
    what,
    why: `the name ${hostName} on the host belongs to container ${holder.id.slice(0, 12)}, created by ${ownerOf(holder.labels, owner)}`,
    now: "nothing was changed",
    next: `${adoptRemedy(owner, holder.labels, other)}; then run pulumi up again`,
  });
}

async function portTaken(
  engine: Docker,
  { what, owner, needs, all, free }: Question,
): Promise<string | undefined> {
  const local = (engine.modem as { socketPath?: string }).socketPath !== undefined;
  const taken = await Promise.all(needs.bindings.map((binding) => takenBy(binding, all, free, owner, local)));
  const why = taken.filter((each) => each !== undefined);
  if (why.length === 0) return undefined;
  const serving = free.filter(isRunning).map(({ name }) => name);
  return failureText({
    what,
    why: why.join("; "),
    now: `nothing was changed; ${serving.length > 0 ? `${serving.join(", ")} is still serving` : "no version of it is running"}`,
    next: "free that port or choose another, then run pulumi up again",
  });
}

/** Processes outside Docker are only visible on this machine. */
async function takenBy(
  binding: Binding,
  all: readonly HostContainer[],
  free: readonly HostContainer[],
  owner: Owner,
  local: boolean,
): Promise<string | undefined> {
  const { address, host, protocol } = binding;
  if (host === undefined) return undefined;
  const holders = all.filter(({ bindings }) => bindings.some((each) => clash(each, binding)));
  const other = holders.find((each) => !free.includes(each));
  const port = `port ${showBinding(binding)}`;
  if (other !== undefined)
    return `${port} belongs to container ${other.name} (${ownerOf(other.labels, owner)})`;
  return holders.length === 0 && protocol === "tcp" && local && !(await canListen(address, host))
    ? `${port} belongs to a process outside Docker (ss -ltnp shows it)`
    : undefined;
}
