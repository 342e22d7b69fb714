import type * as pulumi from "@pulumi/pulumi";

import type { Placement } from "../../host/args";

import { swarmBefore, swarmRun } from "../../swarm/lifecycle/swarm";

export interface ExternalObject {
  /** The stack that declares it. */
  readonly stack: string;
  readonly kind: "secret" | "config";
  readonly hostName: string;
  readonly placement: Placement;
}

/** The id of an external secret or config; undefined under Pulumi's mocks, which have no swarm. */
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
    // An unreachable swarm has already been reported.
    if (!isSeen || id !== undefined) return [];
    return [
      {
        what: `stack "${stack}"`,
        why: `the external ${kind} ${hostName} is not on the swarm`,
        next: `docker ${kind} create ${hostName} FILE, or correct its name in the Compose file`,
      },
    ];
  });
  // If it is missing the run ends, and dependents must not continue with a wrong value.
  return found.then(({ id }) => id ?? new Promise<string>(() => undefined));
}
