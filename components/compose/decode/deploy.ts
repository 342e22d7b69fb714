/** `deploy` of a service. */

import type { Deploy, Resources, Rollout } from "../model-parts";
import type { Plain } from "../node";
import {
  bytes,
  count,
  type Decoder,
  duration,
  durationUnlessZero,
  isMapping,
  listOf,
  natural,
  number,
  pairs,
  record,
  text,
  texts,
  unsigned,
  whole,
} from "./leaf";
import { deviceRequest } from "./shared";

const rollout = record<Rollout>({
  parallelism: unsigned,
  delay: durationUnlessZero,
  failure_action: text,
  monitor: durationUnlessZero,
  max_failure_ratio: number,
  order: text,
});

const discrete: Decoder<{ kind: string; value: number }> = (value, path, report) => {
  if (!isMapping(value)) return undefined;
  const given = (key: string): Plain => value[key] ?? null;
  return {
    kind: text(given("kind"), [...path, "kind"], report) ?? "",
    value: count(given("value"), [...path, "value"], report) ?? 0,
  };
};

const resources = record<Resources>({
  cpus: number,
  memory: bytes,
  pids: whole,
  devices: listOf(deviceRequest),
  generic_resources: listOf(record({ discrete_resource_spec: discrete })),
});

const fields: Decoder<Deploy> = record<Deploy>({
  mode: text,
  replicas: count,
  labels: pairs,
  update_config: rollout,
  rollback_config: rollout,
  resources: record<Deploy["resources"]>({ limits: resources, reservations: resources }),
  restart_policy: record<NonNullable<Deploy["restart_policy"]>>({
    condition: text,
    delay: duration,
    max_attempts: unsigned,
    window: duration,
  }),
  placement: record<Deploy["placement"]>({
    constraints: texts,
    preferences: listOf(record<{ spread?: string }>({ spread: text })),
    max_replicas_per_node: natural,
  }),
  endpoint_mode: text,
});

/** Compose prints these two also where there is nothing in them. */
const EMPTY: Partial<Deploy> = { resources: {}, placement: {} };

export const deploy: Decoder<Deploy> = (value, path, report) => {
  const read = fields(value, path, report);
  return read && { ...EMPTY, ...read };
};
