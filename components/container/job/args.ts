/** The arguments of a job: a container that runs to completion, once for each change of its inputs. */

import type { z } from "zod";
import { localName, type Owner } from "../../core/names";
import type { Fault } from "../../core/text/message";
import { seconds, strict } from "../../core/schema";
import type { ContainerArgs } from "../args";
import { jobRefusals, jobShape } from "../arguments/shape";
import { type ContainerSpec, containerSpec, containerWords, crossFieldFaults } from "../schema";

/**
 * The arguments of a container, except those for long-running containers.
 * Changing an argument runs the job again unless stated otherwise.
 */
export interface JobArgs extends Omit<
  ContainerArgs,
  | "drainSeconds"
  | "healthCheck"
  | "mayComplete"
  | "monitorSeconds"
  | "ports"
  | "replica"
  | "restart"
  | "update"
  | "waitTimeoutSeconds"
  | "waitUntilHealthy"
> {
  /**
   * The service name for Docker Compose, which then shows and restarts it like a service; also its alias
   * on every network. @defaultValue the component's name, as a one-off run that Docker Compose leaves alone
   */
  readonly service?: string;
  /** Seconds after which the job is stopped and the `up` fails. A change does not affect running containers. @defaultValue `300` */
  readonly timeoutSeconds?: number;
}

export const jobSchema: z.ZodType<JobArgs> = strict(
  { ...jobShape, timeoutSeconds: seconds(1).optional() },
  { instead: { ...containerWords, ...jobRefusals } },
);

export function jobFaults(args: JobArgs): Fault[] {
  // Its name need not be a valid host name: no client resolves a job.
  return crossFieldFaults({ ...args, service: args.service ?? "job" }, "job");
}

export function jobSpec(owner: Owner, name: string, args: JobArgs): ContainerSpec {
  // The health check of an image does not apply to a job.
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
