/**
 * Where a SwarmStack differs from `docker stack deploy` of the same file on the same swarm: each with its reason. What is not
 * here is equal. docs/swarm.md holds the same list.
 */

import { ABSENT } from "./differences";

export interface StackKnown {
  /** Where `docker service inspect` or `docker network inspect` shows it; a star stands for anything, here and in the values. */
  readonly path: string;
  readonly stack: string;
  readonly dockwright: string;
  readonly why: string;
}

export interface StackDifference {
  readonly object: string;
  readonly path: string;
  readonly stack: string;
  readonly dockwright: string;
}

const known = (path: string, stack: string, dockwright: string, why: string): StackKnown => ({
  path,
  stack,
  dockwright,
  why,
});

const OWNER = "identifies the stack, so that objects of others are not changed";
const ROLLED_BACK =
  "a failed update is rolled back and fails the up; after a pause the next up would succeed";
const START_FIRST = "the new task runs before the old one stops, wherever possible";
const CAPABILITIES = "Docker's ordinary capabilities, written out";
const LOGS = "logs cannot fill the disk of a node";

export const stackKnown: readonly StackKnown[] = [
  known("service.Labels.io.dockwright.*", ABSENT, "*", OWNER),
  known(
    "service.TaskTemplate.Resources.Limits.Pids",
    ABSENT,
    "4096",
    "a fork bomb cannot take down its node",
  ),
  known("network.Labels.io.dockwright.*", ABSENT, "*", OWNER),
  known("network.Labels.com.docker.compose.*", ABSENT, "*", "lets docker compose find it too"),
  known("network.Options.encrypted", ABSENT, "on", "the traffic between nodes is encrypted"),
  known("service.Labels.com.docker.stack.image", "*", ABSENT, "stores the tag; here Pulumi's state does"),
  known("service.UpdateConfig.FailureAction", "pause", "rollback", ROLLED_BACK),
  known("service.UpdateConfig.Order", "stop-first", "start-first", START_FIRST),
  known(
    "service.RollbackConfig.FailureAction",
    "pause",
    "continue",
    "a rollback always continues after a failure",
  ),
  known("service.RollbackConfig.Monitor", "*", "*", "defaults to the value of the update"),
  known("service.RollbackConfig.Order", "stop-first", "start-first", START_FIRST),
  known("service.TaskTemplate.ContainerSpec.CapabilityAdd.*", ABSENT, "there", CAPABILITIES),
  known("service.TaskTemplate.ContainerSpec.CapabilityDrop.ALL", ABSENT, "there", CAPABILITIES),
  known(
    "service.TaskTemplate.ContainerSpec.Image",
    "*",
    "sha256:*",
    "names what the tag stood for when it was read: by its digest where a registry has it, else by its id",
  ),
  known(
    "service.TaskTemplate.ContainerSpec.Labels.com.docker.stack.namespace",
    "*",
    ABSENT,
    "labels the containers, which is not supported on a Swarm; the service has it",
  ),
  known("service.TaskTemplate.LogDriver.Name", ABSENT, "json-file", LOGS),
  known("service.TaskTemplate.LogDriver.Options.*", ABSENT, "*", LOGS),
];

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  ).test(text);

/** Whether an entry is about a difference. */
export function isKnown(each: StackKnown, { path, stack, dockwright }: StackDifference): boolean {
  return matches(each.path, path) && matches(each.stack, stack) && matches(each.dockwright, dockwright);
}

export type Flat = Readonly<Record<string, string>>;

/** Values by their path; what is empty is left out, and lists of texts are sets. */
export function flat(kind: string, value: unknown): Flat {
  const found: Record<string, string> = {};
  const visit = (path: string, each: unknown): void => {
    if (each === null || each === undefined || each === "" || each === false || each === 0) return;
    if (Array.isArray(each)) {
      const texts = each.every((item) => typeof item === "string");
      each.forEach((item: unknown, index) => {
        if (texts) found[`${path}.${String(item)}`] = "there";
        else visit(`${path}.${String(index)}`, item);
      });
    } else if (typeof each === "object")
      for (const [key, item] of Object.entries(each)) visit(`${path}.${key}`, item);
    else found[path] = typeof each === "string" ? each : JSON.stringify(each);
  };
  visit(kind, value);
  return found;
}

export function compareStacks(
  stack: ReadonlyMap<string, Flat>,
  dockwright: ReadonlyMap<string, Flat>,
): StackDifference[] {
  const names = [...new Set([...stack.keys(), ...dockwright.keys()])].sort();
  return names.flatMap((object) => {
    const [theirs, ours] = [stack.get(object) ?? {}, dockwright.get(object) ?? {}];
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
      .sort()
      .filter((path) => theirs[path] !== ours[path])
      .map((path) => ({
        object,
        path,
        stack: theirs[path] ?? ABSENT,
        dockwright: ours[path] ?? ABSENT,
      }));
  });
}

/** The section of docs/swarm.md. */
export function stackDifferencesSection(): string {
  const code = (text: string): string => (text === ABSENT ? text : `\`${text.replaceAll("|", "\\|")}\``);
  return [
    "## What differs from docker stack deploy",
    "",
    "A test deploys one Compose file with `docker stack deploy` and as a `SwarmStack` on one swarm, and compares `docker service inspect`",
    "and `docker network inspect`. Apart from ids, times and the addresses and ports that Docker assigns, these are all differences;",
    "`*` means any value. The table is generated from `test/compose/parity/stack.ts`.",
    "",
    "| what | docker stack deploy | here | why |",
    "| --- | --- | --- | --- |",
    ...stackKnown.map(
      ({ path, stack, dockwright, why }) =>
        `| ${code(path)} | ${code(stack)} | ${code(dockwright)} | ${why} |`,
    ),
    "",
  ].join("\n");
}
