/** The common arguments and inputs of secrets and configs. */

import type * as pulumi from "@pulumi/pulumi";

import { wholeNumber } from "../core/schema";
import { whenKnown } from "../core/later";
import type { Owner } from "../core/names";
import { hostOf, hostReference, type Placement } from "../host/args";
import { type Labels, labels } from "../deployment/look/given-labels";
import type { SwarmSecretArgs } from "./args";
import { objectPrefix, swarmName } from "./names";

export const swarmObjectShape = {
  name: objectPrefix.optional(),
  labels: labels.optional(),
  keep: wholeNumber(0, 100).optional(),
  host: hostReference.optional(),
};

export type ObjectKind = "secret" | "config";

export interface ObjectPlan {
  readonly kind: ObjectKind;
  readonly name: string;
  /** The prefix of its name. */
  readonly prefix: string;
  /** In base64. */
  readonly data: pulumi.Input<string>;
  readonly labels: Labels;
  readonly keep: number;
  readonly placement: Placement;
}

/** @param data in base64 */
export function objectPlan(
  kind: ObjectKind,
  owner: Owner,
  name: string,
  args: Omit<SwarmSecretArgs, "content">,
  data: pulumi.Input<string>,
): ObjectPlan {
  const { name: prefix = swarmName(owner, name), labels: given = {}, keep = 0, host } = args;
  return { kind, name, prefix, data, labels: given, keep, placement: hostOf(host) };
}

export function inBase64(content: pulumi.Input<string>): pulumi.Input<string> {
  return whenKnown(content, (text) => Buffer.from(text).toString("base64"));
}
