/** Reads a service of a Swarm from the inputs of `@pulumi/docker`. */

import { type Bag, bagOf, listOf, mapOf, numberOf, textOf, textsOf } from "../core/untyped";
import { capabilityOf } from "../container/security/capability";
import { checkOf, mountOf, type ReadCheck, type ReadMount, type ReadPort } from "./parts";

export interface ReadService {
  readonly image: string | undefined;
  /** Without `CAP_`. */
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  /** By their ids. */
  readonly networks: readonly string[];
  readonly mounts: readonly ReadMount[];
  readonly ports: readonly ReadPort[];
  /** Undefined if the value is not known. */
  readonly environment: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly user: string | undefined;
  readonly readOnlyRoot: boolean;
  readonly memoryBytes: number | undefined;
  readonly healthCheck: ReadCheck;
  /** `none`, `on-failure` or `any`. */
  readonly restart: string | undefined;
  readonly logDriver: string | undefined;
  readonly logOptions: Readonly<Record<string, string>>;
  readonly replicas: number;
  readonly startsFirst: boolean;
  readonly global: boolean;
  readonly constraints: readonly string[];
  readonly maxReplicasPerNode: number | undefined;
  readonly parallelism: number;
  readonly failureAction: string;
  readonly reservedBytes: number | undefined;
}

export function readService(inputs: Bag): ReadService {
  const task = bagOf(inputs["taskSpec"]);
  const container = bagOf(task["containerSpec"]);
  const resources = bagOf(task["resources"]);
  const update = bagOf(inputs["updateConfig"]);
  const mode = bagOf(inputs["mode"]);
  const log = bagOf(task["logDriver"]);
  const placement = bagOf(task["placement"]);
  return {
    image: textOf(container["image"]),
    addedCapabilities: textsOf(container["capAdds"]).map(capabilityOf),
    droppedCapabilities: textsOf(container["capDrops"]).map(capabilityOf),
    networks: listOf(task["networksAdvanceds"]).map((each) => textOf(bagOf(each)["id"]) ?? ""),
    mounts: listOf(container["mounts"]).map((each) => mountOf(bagOf(each))),
    ports: listOf(bagOf(inputs["endpointSpec"])["ports"]).map((each) => portOf(bagOf(each))),
    environment: Object.entries(bagOf(container["env"])).map(([name, value]) => ({
      name,
      value: textOf(value),
    })),
    user: textOf(container["user"]) || undefined,
    readOnlyRoot: container["readOnly"] === true,
    memoryBytes: numberOf(bagOf(resources["limits"])["memoryBytes"]) || undefined,
    healthCheck: checkOf(container["healthcheck"]),
    restart: textOf(bagOf(task["restartPolicy"])["condition"]),
    logDriver: textOf(log["name"]) || undefined,
    logOptions: mapOf(log["options"]),
    replicas: numberOf(bagOf(mode["replicated"])["replicas"]) ?? 1,
    startsFirst: textOf(update["order"]) === "start-first",
    global: mode["global"] === true,
    constraints: textsOf(placement["constraints"]),
    maxReplicasPerNode: numberOf(placement["maxReplicas"]) || undefined,
    parallelism: numberOf(update["parallelism"]) ?? 1,
    failureAction: textOf(update["failureAction"]) || "pause",
    reservedBytes: numberOf(bagOf(resources["reservation"])["memoryBytes"]) || undefined,
  };
}

function portOf(given: Bag): ReadPort {
  return {
    address: "",
    host: numberOf(given["publishedPort"]) || undefined,
    container: numberOf(given["targetPort"]) ?? 0,
    protocol: textOf(given["protocol"]) || "tcp",
    mode: textOf(given["publishMode"]) || "ingress",
  };
}
