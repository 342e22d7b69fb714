/** The keys of `deploy`. */

import type { Plain } from "../source/node";
import * as k from "./aspects/key";
import { LEAVE_OUT, NOT_HERE, refused, refusedWhen, refusedYet, SWARM, warned } from "./aspects/limit";
import { append } from "./aspects/merging";
import * as read from "./aspects/read";
import { deviceRequests } from "./shared";
import * as shape from "./aspects/shape";
import { beforeEquals } from "./aspects/unique";

const AS_A_JOB = "run it as a Job on one host, or as a step of the image's entrypoint";

const unsigned = k.leaf(shape.whole, read.unsigned, { cast: "whole" });
const pause = k.leaf(shape.text, read.durationUnlessZero);
const cpus = k.leaf(shape.numeric, read.number);
const memory = k.leaf(shape.text, read.bytes);

/** Cluster features that a Swarm supports. */
const ofCluster = (instead: string, why = SWARM): k.Aspects => ({
  host: warned(why, instead),
  swarm: "supported",
});

const rollout = (failures: k.Aspects) =>
  k.record({
    parallelism: unsigned,
    delay: pause,
    failure_action: k.key(k.text, failures),
    monitor: pause,
    max_failure_ratio: k.leaf(shape.numeric, read.number, { cast: "number" }),
    order: k.leaf(shape.wordOf("start-first", "stop-first"), read.text),
  });

const discrete: read.Decoder<{ readonly kind: string; readonly value: number }> = (value, path, report) => {
  if (!shape.isMapping(value)) return undefined;
  const given = (key: string): Plain => value[key] ?? null;
  return {
    kind: read.text(given("kind"), [...path, "kind"], report) ?? "",
    value: read.count(given("value"), [...path, "value"], report) ?? 0,
  };
};

export const deploy = k.orNull(
  k.record({
    resources: k.always(
      k.record({
        limits: k.record({
          cpus,
          memory,
          pids: k.leaf(shape.whole, read.whole),
        }),
        reservations: k.record({
          cpus: k.key(cpus, ofCluster(LEAVE_OUT)),
          memory,
          devices: k.key(deviceRequests(["capabilities"]), { host: refusedYet }),
          generic_resources: k.key(
            k.listOf(
              k.record({
                discrete_resource_spec: k.decoded(k.record({ kind: k.text, value: cpus }), discrete),
              }),
            ),
            {
              host: warned(SWARM, LEAVE_OUT),
              swarm: refused(
                "is not supported yet",
                "select the nodes that have it with placement.constraints",
              ),
            },
          ),
        }),
      }),
      {},
    ),
    placement: k.always(
      k.key(
        k.record({
          constraints: k.leaf(shape.listOf(shape.text), read.texts),
          preferences: k.key(k.listOf(k.record({ spread: k.text })), {
            swarm: refusedWhen("more than one `spread`", NOT_HERE, "keep one, and use constraints"),
          }),
          max_replicas_per_node: k.leaf(shape.whole, read.natural, { cast: "whole" }),
        }),
        ofCluster(LEAVE_OUT),
      ),
      {},
    ),
    mode: k.key(k.text, {
      host: warned(SWARM, "remove it; scale sets the number of containers", [
        "global",
        "replicated-job",
        "global-job",
      ]),
      swarm: refused(NOT_HERE, AS_A_JOB, ["replicated-job", "global-job"]),
    }),
    replicas: k.leaf(shape.whole, read.count, {
      cast: "whole",
      swarm: refusedWhen(
        "beside `mode: global`",
        "conflicts with it: that is one task on each node",
        "keep one",
      ),
    }),
    labels: k.key(k.pairs, {
      merge: append,
      unique: beforeEquals,
      ...ofCluster("use labels of the service", "labels the service of a cluster, not the container"),
    }),
    update_config: k.key(
      rollout({
        swarm: refused(
          "keeps a failing version, and the next up would succeed",
          "remove it, or write rollback",
          ["pause", "continue"],
        ),
      }),
      ofCluster("remove it; the replacement rules of the container apply", "only affects tasks of a cluster"),
    ),
    rollback_config: k.key(
      rollout({
        swarm: warned(
          "would leave two versions side by side; a rollback always continues after a failure",
          "remove it, or write continue",
          ["pause"],
        ),
      }),
      ofCluster(LEAVE_OUT, "only affects tasks of a cluster"),
    ),
    restart_policy: k.record({
      condition: k.key(k.text, {
        swarm: refusedWhen(
          "all but `none`, `on-failure`, `any`",
          "is not a condition of Docker",
          "use one of them",
        ),
      }),
      delay: k.key(
        k.duration,
        ofCluster(LEAVE_OUT, "is not supported by the Engine, which waits longer after each failure"),
      ),
      max_attempts: unsigned,
      window: k.key(k.duration, ofCluster(LEAVE_OUT, "is not supported by the Engine")),
    }),
    endpoint_mode: k.key(k.text, ofCluster(LEAVE_OUT)),
  }),
);
