/** The arguments of a service behind a gateway, and those of each of its containers. */

import type { z } from "zod";
import { strict, wholeNumber } from "../core/schema";
import type { Fault } from "../core/text/message";
import { attachmentsOf } from "../container/attachment";
import type { ContainerArgs } from "../container/args";
import { containerShape } from "../container/arguments/shape";
import { containerWords, crossFieldFaults } from "../container/schema";

/**
 * The arguments of a container, except those that several containers cannot share: `name`, published `ports`, and the number
 * within a service.
 */
export interface WebServiceArgs extends Omit<
  ContainerArgs,
  "mayComplete" | "name" | "networkMode" | "networks" | "ports" | "replica" | "service" | "update"
> {
  /** The port that each container listens on. Changing it is a reload of the gateway. */
  readonly port: number;
  /**
   * The networks to connect to. The service has no name on them unless an attachment sets `serviceAlias: true`:
   * requests come through the gateway.
   */
  readonly networks: NonNullable<ContainerArgs["networks"]>;
  /** The number of containers. Changing it adds or removes the last ones. @defaultValue `1` */
  readonly replicas?: number;
}

/** The limit of replicas, to catch typing errors: each container uses file descriptors and memory. */
const MOST = 100;

const {
  mayComplete: _mayComplete,
  name: _name,
  networkMode: _mode,
  ports: _ports,
  replica: _replica,
  service: _service,
  update: _update,
  networks,
  ...shape
} = containerShape;

export const webServiceSchema: z.ZodType<WebServiceArgs> = strict(
  {
    ...shape,
    port: wholeNumber(1, 65535),
    networks: networks.unwrap(),
    replicas: wholeNumber(1, MOST).optional(),
  },
  {
    instead: {
      ...containerWords,
      mayComplete: "nothing: a web service runs until it is stopped",
      name: "nothing: each container is <name>-1 and so on",
      ports: "port, and a route of a Gateway",
      replica: "replicas",
      replicas: "replicas",
      service: "nothing: the component's name is the service",
      update: "nothing: it is always start-first",
    },
  },
);

export function webServiceFaults(args: WebServiceArgs, name: string): Fault[] {
  return crossFieldFaults(replicaArgs(args, name, 1), `${name}-1`);
}

/** The arguments of one of its containers. */
export function replicaArgs(args: WebServiceArgs, service: string, replica: number): ContainerArgs {
  const { port: _listens, replicas: _count, networks: given, ...rest } = args;
  return {
    ...rest,
    networks: attachmentsOf(given).map((each) => ({ serviceAlias: false, ...each })),
    service,
    replica,
    update: "start-first",
  };
}
