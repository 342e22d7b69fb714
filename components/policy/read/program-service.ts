/** Reads a service of a Swarm from the inputs of Docker's provider. */

import type { Bag } from "../../core/untyped";
import { referenceOf } from "../../provider/parts";
import { readService as readInputs } from "../../provider/service";
import { plainContainer, type ServiceSubject } from "../subject";
import { mountFacts } from "./mount-facts";

/** @param name of the component, or of the resource */
export function readService(name: string, inputs: Bag): ServiceSubject {
  const plain = plainContainer(name);
  const {
    image,
    mounts,
    restart: condition,
    global: everywhere,
    constraints,
    maxReplicasPerNode,
    parallelism,
    failureAction,
    reservedBytes,
    ...rest
  } = readInputs(inputs);
  return {
    ...plain,
    ...rest,
    image: { ...plain.image, reference: referenceOf(image) },
    mounts: mounts.map((each) => mountFacts(name, each)),
    restart: restart(condition),
    swarm: {
      global: everywhere,
      constraints,
      maxReplicasPerNode,
      parallelism,
      failureAction,
      reservedBytes,
    },
  };
}

/** As a restart policy of a container; Swarm restarts tasks by default. */
export function restart(condition = "any"): string {
  return condition === "none" ? "no" : condition === "on-failure" ? condition : "always";
}
