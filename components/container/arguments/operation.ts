/** The arguments for readiness, replacement, restart and stop. */

import { flag, seconds, wholeNumber } from "../../core/schema";
import { healthCheck } from "../health/health-check";
import { healthCheckInputs } from "../health/inputs";
import { defaultRestart, restartInputs, restartPolicy } from "../restart";
import { MONITOR_SECONDS, updateOrder } from "../update";
import { type Arguments, inPlace, NOT_OF_JOBS, notOnASwarm, own, refused, same } from "./argument";

export const operationArguments = {
  healthCheck: {
    schema: healthCheck,
    fields: { healthcheck: { change: "ignored", removalUnseen: true } },
    inputs: (check) => ({ healthcheck: healthCheckInputs(check) }),
    job: NOT_OF_JOBS,
    swarm: same({ "TaskTemplate.ContainerSpec.Healthcheck": "" }),
    compose: {
      healthcheck: "",
      "healthcheck.interval": "intervalSeconds",
      "healthcheck.retries": "retries",
      "healthcheck.start_period": "startPeriodSeconds",
      "healthcheck.test": "command",
      "healthcheck.timeout": "timeoutSeconds",
    },
  },
  update: {
    schema: updateOrder,
    fields: { 'labels["io.dockwright.aliases"]': { change: "replaces" } },
    effect: "does not affect running containers; a container on networks is replaced",
    inputs: () => ({}),
    job: NOT_OF_JOBS,
    swarm: own({ UpdateConfig: "" }),
    compose: {},
  },
  monitorSeconds: {
    schema: seconds(),
    default: MONITOR_SECONDS,
    fields: {},
    job: NOT_OF_JOBS,
    swarm: same({ "UpdateConfig.Monitor": "" }),
    compose: {},
  },
  drainSeconds: {
    schema: seconds(),
    default: 0,
    fields: {},
    job: NOT_OF_JOBS,
    swarm: refused(
      "nothing: Swarm stops the old task as soon as the new one runs; the process can finish in-flight work within stopGraceSeconds",
    ),
    compose: {},
  },
  waitUntilHealthy: {
    schema: flag,
    fields: {},
    job: NOT_OF_JOBS,
    swarm: refused(
      'nothing: Swarm always waits until a task is healthy; healthCheck: "none" disables the check',
    ),
    compose: {},
  },
  waitTimeoutSeconds: {
    schema: wholeNumber(1),
    fields: {},
    job: "timeoutSeconds",
    swarm: same(),
    compose: {},
  },
  restart: {
    schema: restartPolicy,
    default: defaultRestart,
    fields: { restart: inPlace, maxRetryCount: { ...inPlace, member: "onFailure" } },
    inputs: (policy) => restartInputs(policy),
    job: `${NOT_OF_JOBS}; a failed one runs again with the next up`,
    swarm: own({ "TaskTemplate.RestartPolicy": "" }),
    compose: { restart: "" },
  },
  mayComplete: {
    schema: flag,
    default: false,
    fields: { 'labels["io.dockwright.completes"]': { change: "replaces" }, mustRun: { change: "recorded" } },
    inputs: (may) => ({ mustRun: !may }),
    job: NOT_OF_JOBS,
    swarm: notOnASwarm("expects that tasks run until they are stopped"),
    compose: {},
  },
} satisfies Arguments<
  | "drainSeconds"
  | "healthCheck"
  | "mayComplete"
  | "monitorSeconds"
  | "restart"
  | "update"
  | "waitTimeoutSeconds"
  | "waitUntilHealthy"
>;
