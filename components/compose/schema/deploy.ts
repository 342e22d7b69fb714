/** The keys of `deploy`. */

import { either, listOf, nothing, numeric, pairs, shape, text, whole, wordOf } from "./leaf";
import { deviceRequests } from "./shared";

const rollout = shape({
  parallelism: whole,
  delay: text,
  failure_action: text,
  monitor: text,
  max_failure_ratio: numeric,
  order: wordOf("start-first", "stop-first"),
});

export const deploy = either({
  null: nothing,
  map: shape({
    endpoint_mode: text,
    labels: pairs,
    mode: text,
    placement: shape({
      constraints: listOf(text),
      preferences: listOf(shape({ spread: text })),
      max_replicas_per_node: whole,
    }),
    replicas: whole,
    resources: shape({
      limits: shape({ cpus: numeric, memory: text, pids: whole }),
      reservations: shape({
        cpus: numeric,
        memory: text,
        devices: deviceRequests(["capabilities"]),
        generic_resources: listOf(shape({ discrete_resource_spec: shape({ kind: text, value: numeric }) })),
      }),
    }),
    restart_policy: shape({ condition: text, delay: text, max_attempts: whole, window: text }),
    rollback_config: rollout,
    update_config: rollout,
  }),
});
