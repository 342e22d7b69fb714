/** A job as a whole: a container that runs to its end, once for each change of what it is told. */

import type { z } from "zod";
import { localName, type Owner } from "../../core/names";
import type { Fault } from "../../core/text/message";
import { seconds, strict } from "../../core/guard";
import type { ContainerArgs } from "../args";
import { jobRefusals, jobShape } from "../arguments/shape";
import { type ContainerSpec, containerSpec, containerWords, togetherFaults } from "../schema";

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

export const jobGuard: z.ZodType<JobArgs> = strict(
  { ...jobShape, timeoutSeconds: seconds(1).optional() },
  { instead: { ...containerWords, ...jobRefusals } },
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
