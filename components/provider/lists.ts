/** The identity of members in the provider's lists, independent of their order. */

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

/** The identity of a member in a list; undefined if it is only its position. */
export function memberKey(list: string, member: Bag): string | undefined {
  return textOf(keys[list]?.(member));
}
