/** A job as a whole: a container that runs to its end, once for each change of what it is told. */

import type { z } from "zod";
import { localName, type Owner } from "../internal/names";
import type { Fault } from "../internal/message";
import { seconds, strict } from "../internal/guard";
import type { ContainerArgs } from "./container-args";
import {
  containerShape,
  type ContainerSpec,
  containerSpec,
  containerWords,
  togetherFaults,
} from "./container-spec";

/** What only a container that goes on running has. */
const ofServices = [
  "drainSeconds",
  "healthCheck",
  "monitorSeconds",
  "ports",
  "replica",
  "restart",
  "update",
  "waitTimeoutSeconds",
  "waitUntilHealthy",
] as const;

/**
 * As of a container, but for what belongs to one that goes on running.
 * Changing an argument runs the job again, unless it says otherwise.
 */
export interface JobArgs extends Omit<
  ContainerArgs,
  | "drainSeconds"
  | "healthCheck"
  | "monitorSeconds"
  | "ports"
  | "replica"
  | "restart"
  | "update"
  | "waitTimeoutSeconds"
  | "waitUntilHealthy"
> {
  /**
   * The service that it is for Docker Compose, which shows and restarts it then as it does a service; and its alias on
   * every network. @defaultValue the component's name, as a one-off run that Docker Compose leaves alone
   */
  readonly service?: string;
  /** Seconds after which it is stopped, and the `up` fails. Changes nothing that runs. @defaultValue `300` */
  readonly timeoutSeconds?: number;
}

const shape = Object.fromEntries(
  Object.entries(containerShape).filter(([key]) => !(ofServices as readonly string[]).includes(key)),
);

const JOB = "nothing: a job runs once to its end";

export const jobGuard: z.ZodType<JobArgs> = strict(
  {
    ...(shape as Omit<typeof containerShape, (typeof ofServices)[number]>),
    timeoutSeconds: seconds(1).optional(),
  },
  {
    instead: {
      ...containerWords,
      healthCheck: JOB,
      ports: JOB,
      restart: `${JOB}; a failed one runs again with the next up`,
      waitTimeoutSeconds: "timeoutSeconds",
    },
  },
);

export function jobFaults(args: JobArgs): Fault[] {
  // Its own name may be no host name: nobody looks a job up.
  return togetherFaults({ ...args, service: args.service ?? "job" }, "job");
}

export function jobSpec(owner: Owner, name: string, args: JobArgs): ContainerSpec {
  // An image's own check has no say over something that ends.
  const spec = containerSpec(owner, name, {
    ...args,
    service: localName(owner, name),
    restart: "no",
    update: "stop-first",
    healthCheck: "none",
  });
  return {
    ...spec,
    inputs: { ...spec.inputs, mustRun: false },
    labels: {
      ...spec.labels,
      ...(args.service === undefined && { "com.docker.compose.oneoff": "True" }),
      "io.dockwright.kind": "job",
    },
  };
}
