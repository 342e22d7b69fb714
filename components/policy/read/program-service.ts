/** A service of a Swarm as Docker's provider declares it. */

import { type ContainerSubject, type MountFacts, plainContainer, type ServiceSubject } from "../subject";
import { type Bag, bagOf, capabilityOf, listOf, mapOf, numberOf, textOf, textsOf } from "./values";

export const serviceType = "docker:index/service:Service";

/** @param name of the component, or of the resource */
export function readService(name: string, inputs: Bag): ServiceSubject {
  const task = bagOf(inputs["taskSpec"]);
  const container = bagOf(task["containerSpec"]);
  const limits = bagOf(bagOf(task["resources"])["limits"]);
  const update = bagOf(inputs["updateConfig"]);
  const mode = bagOf(inputs["mode"]);
  const log = bagOf(task["logDriver"]);
  const plain = plainContainer(name);
  return {
    ...plain,
    image: { ...plain.image, reference: referenceOf(container["image"]) },
    addedCapabilities: textsOf(container["capAdds"]).map(capabilityOf),
    droppedCapabilities: textsOf(container["capDrops"]).map(capabilityOf),
    // A task is on networks of the Swarm alone.
    networks: listOf(task["networksAdvanceds"]).map((each) => textOf(bagOf(each)["id"]) ?? ""),
    mounts: listOf(container["mounts"]).map((each) => mount(name, bagOf(each))),
    ports: listOf(bagOf(inputs["endpointSpec"])["ports"]).map((each) => {
      const port = bagOf(each);
      return {
        address: "",
        host: numberOf(port["publishedPort"]) || undefined,
        container: numberOf(port["targetPort"]) ?? 0,
        protocol: textOf(port["protocol"]) || "tcp",
        mode: textOf(port["publishMode"]) || "ingress",
      };
    }),
    environment: Object.entries(bagOf(container["env"])).map(([key, value]) => ({
      name: key,
      value: textOf(value),
    })),
    user: textOf(container["user"]) || undefined,
    readOnlyRoot: container["readOnly"] === true,
    memoryBytes: numberOf(limits["memoryBytes"]) || undefined,
    healthCheck: healthCheck(container["healthcheck"]),
    restart: restart(textOf(bagOf(task["restartPolicy"])["condition"])),
    logDriver: textOf(log["name"]) || undefined,
    logOptions: mapOf(log["options"]),
    replicas: numberOf(bagOf(mode["replicated"])["replicas"]) ?? 1,
    startsFirst: textOf(update["order"]) === "start-first",
    swarm: {
      global: mode["global"] === true,
      constraints: textsOf(bagOf(task["placement"])["constraints"]),
      maxReplicasPerNode: numberOf(bagOf(task["placement"])["maxReplicas"]) || undefined,
      parallelism: numberOf(update["parallelism"]) ?? 1,
      failureAction: textOf(update["failureAction"]) || "pause",
      reservedBytes: numberOf(bagOf(bagOf(task["resources"])["reservation"])["memoryBytes"]) || undefined,
    },
  };
}

function referenceOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text?.startsWith("sha256:") === true ? undefined : text;
}

function mount(service: string, given: Bag): MountFacts {
  const kind = textOf(given["type"]);
  const path = textOf(given["target"]) ?? "";
  return {
    kind: kind === "bind" || kind === "tmpfs" ? kind : "volume",
    // A name that is not known yet is a name, and nobody else's.
    source: textOf(given["source"]) ?? ("source" in given && kind === "volume" ? `${service}:${path}` : ""),
    path,
    readOnly: given["readOnly"] === true,
    propagation: textOf(bagOf(given["bindOptions"])["propagation"]) ?? "",
  };
}

function healthCheck(value: unknown): ContainerSubject["healthCheck"] {
  const [first] = textsOf(bagOf(value)["tests"]);
  if (first === undefined) return "inherited";
  return first === "NONE" ? "none" : "given";
}

/** In the words of a container; Swarm starts a task again unless it is told not to. */
export function restart(condition = "any"): string {
  return condition === "none" ? "no" : condition === "on-failure" ? condition : "always";
}
