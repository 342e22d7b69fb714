/** Names on a swarm, which are shorter than those on a host. */

import { text } from "../core/schema";
import type { Fault } from "../core/text/message";
import { hostName, type Owner } from "../core/names";

const LONGEST_SERVICE = 63;
const LONGEST_OBJECT = 64;

export const serviceName = text(
  `a name of 1 to ${String(LONGEST_SERVICE)} letters, digits, - and _ that begins and ends with a letter or a digit`,
  (value) => /^[a-zA-Z0-9](?:[-_]*[a-zA-Z0-9]+)*$/.test(value) && value.length <= LONGEST_SERVICE,
);

/** The prefix of the name of a secret or a config. */
export const objectPrefix = text(
  "a name of 1 to 50 letters, digits, and . _ - that begins with a letter or a digit",
  (value) => /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,49}$/.test(value),
);

/** The name of a service on the swarm: `<project>-<stack>-<name>`, with dots replaced. */
export function swarmName(owner: Owner, name: string): string {
  return hostName(owner, name).replace(/[^a-zA-Z0-9_-]/g, "-");
}

export function swarmNameFaults(name: string | undefined, made: string): Fault[] {
  if (name !== undefined || serviceName.safeParse(made).success) return [];
  return [
    {
      path: "name",
      text: `is required: ${made} is not a valid service name, which has at most ${String(LONGEST_SERVICE)} letters, digits, - and _`,
    },
  ];
}

/** The prefix, truncated if needed, and the hash of the content. */
export function objectName(prefix: string, hash: string, twin: number): string {
  const tail = twin === 0 ? `-${hash}` : `-${hash}-${String(twin + 1)}`;
  return `${prefix.slice(0, LONGEST_OBJECT - tail.length)}${tail}`;
}
