import type * as pulumi from "@pulumi/pulumi";

import type { Placement } from "../../host/args";

import { swarmBefore, swarmRun } from "../../swarm/lifecycle/swarm";

export interface ExternalObject {
  /** The stack whose files name it. */
  readonly stack: string;
  readonly kind: "secret" | "config";
  readonly hostName: string;
  readonly placement: Placement;
}

/** The id of a secret or config that somebody else makes; undefined under Pulumi's mocks, which have no swarm. */
export function externalObjectId(
  component: pulumi.Resource,
  { stack, kind, hostName, placement }: ExternalObject,
): Promise<string> | undefined {
  const run = swarmRun(component, placement);
  if (run === undefined) return undefined;
  const found = swarmBefore(run).then((view) => ({
    isSeen: view !== undefined,
    id: view?.[`${kind}s`].find(({ name }) => name === hostName)?.id,
  }));
  run.conflicts.add(run, component, async () => {
    const { isSeen, id } = await found;
    // A swarm that cannot be seen has been told of.
    if (!isSeen || id !== undefined) return [];
    return [
      {
        what: `stack "${stack}"`,
        why: `the external ${kind} ${hostName} is not on the swarm`,
        next: `docker ${kind} create ${hostName} FILE, or correct its name in the Compose file`,
      },
    ];
  });
  // Where it is missing the run ends, and nobody must go on with a wrong answer.
  return found.then(({ id }) => id ?? new Promise<string>(() => undefined));
}
