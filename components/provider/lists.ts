/** How the members of the provider's lists are told apart, whatever their order. */

import { type Bag, numberOf, textOf } from "../core/untyped";

/** The list of variables, each as `NAME=value`. */
export const variablesField = "envs";

const keys: Readonly<Record<string, (member: Bag) => unknown>> = {
  devices: (each) => each["containerPath"],
  hosts: (each) => each["host"],
  labels: (each) => each["label"],
  mounts: (each) => each["target"],
  networksAdvanced: (each) => each["name"],
  ports: ({ internal, protocol }) =>
    `${String(numberOf(internal) ?? textOf(internal) ?? "")}/${textOf(protocol) ?? "tcp"}`,
  uploads: (each) => each["file"],
  volumes: (each) => each["containerPath"],
};

/** What tells a member of a list of that name from the others; undefined where only its place does. */
export function memberKey(list: string, member: Bag): string | undefined {
  return textOf(keys[list]?.(member));
}
