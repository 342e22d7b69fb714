/** Reads services and nodes of a Swarm as subjects, as returned by inspect. */

import { capabilityOf } from "../../container/security/capability";
import { variableOf } from "../../container/environment";
import {
  type ImageFacts,
  type MountFacts,
  type NodeFacts,
  plainContainer,
  type ServiceSubject,
} from "../subject";
import { restart } from "./program-service";
import { type Bag, bagOf, listOf, mapOf, numberOf, textOf, textsOf } from "../../core/untyped";

export const STACK = "com.docker.stack.namespace";
/** The label of a container that is a task. */
export const TASK = "com.docker.swarm.service.name";

/** `web` for `shop_web`, the name that `docker stack deploy` gives; otherwise the name of its component, or the full name. */
export function serviceName(spec: Bag): string {
  const labels = mapOf(spec["Labels"]);
  const name = textOf(spec["Name"]) ?? "";
  const stack = `${labels[STACK] ?? ""}_`;
  return name.startsWith(stack) ? name.slice(stack.length) : (labels["io.dockwright.name"] ?? name);
}

export interface Named {
  /** The facts about an image, by its id. */
  readonly image?: (id: string) => ImageFacts | undefined;
  readonly service: (spec: Bag) => string;
  readonly networks: ReadonlyMap<string, string>;
  readonly volumes: ReadonlyMap<string, string>;
}

export function hostService(inspected: Bag, named: Named): ServiceSubject {
  const spec = bagOf(inspected["Spec"]);
  const task = bagOf(spec["TaskTemplate"]);
  const container = bagOf(task["ContainerSpec"]);
  const resources = bagOf(task["Resources"]);
  const update = bagOf(spec["UpdateConfig"]);
  const mode = bagOf(spec["Mode"]);
  const placement = bagOf(task["Placement"]);
  const log = bagOf(task["LogDriver"]);
  const plain = plainContainer(named.service(spec));
  const [check] = textsOf(bagOf(container["Healthcheck"])["Test"]);
  return {
    ...plain,
    image: imageFacts(textOf(container["Image"]), named),
    addedCapabilities: textsOf(container["CapabilityAdd"]).map(capabilityOf),
    droppedCapabilities: textsOf(container["CapabilityDrop"]).map(capabilityOf),
    networks: listOf(task["Networks"]).map((each) => {
      const target = textOf(bagOf(each)["Target"]) ?? "";
      return named.networks.get(target) ?? target;
    }),
    mounts: listOf(container["Mounts"]).map((each) => mount(bagOf(each), named)),
    ports: listOf(bagOf(spec["EndpointSpec"])["Ports"]).map((each) => {
      const port = bagOf(each);
      return {
        address: "",
        host: numberOf(port["PublishedPort"]) || undefined,
        container: numberOf(port["TargetPort"]) ?? 0,
        protocol: textOf(port["Protocol"]) ?? "tcp",
        mode: textOf(port["PublishMode"]) ?? "ingress",
      };
    }),
    environment: textsOf(container["Env"]).map(variableOf),
    user: textOf(container["User"]) || undefined,
    readOnlyRoot: container["ReadOnly"] === true,
    memoryBytes: numberOf(bagOf(resources["Limits"])["MemoryBytes"]) || undefined,
    healthCheck: check === undefined ? "inherited" : check === "NONE" ? "none" : "given",
    restart: restart(textOf(bagOf(task["RestartPolicy"])["Condition"])),
    logDriver: textOf(log["Name"]),
    logOptions: mapOf(log["Options"]),
    replicas: numberOf(bagOf(mode["Replicated"])["Replicas"]) ?? 1,
    isJob: mode["ReplicatedJob"] !== undefined || mode["GlobalJob"] !== undefined,
    startsFirst: textOf(update["Order"]) === "start-first",
    swarm: {
      global: mode["Global"] !== undefined,
      constraints: textsOf(placement["Constraints"]),
      maxReplicasPerNode: numberOf(placement["MaxReplicas"]) || undefined,
      // Without an update configuration, Swarm replaces one task at a time and pauses after a failure; in one, 0 means all tasks.
      parallelism: spec["UpdateConfig"] === undefined ? 1 : (numberOf(update["Parallelism"]) ?? 0),
      failureAction: textOf(update["FailureAction"]) || "pause",
      reservedBytes: numberOf(bagOf(resources["Reservations"])["MemoryBytes"]) || undefined,
    },
  };
}

/** An id alone has no information. */
function imageFacts(asked: string | undefined, { image }: Named): ImageFacts {
  const isId = asked?.startsWith("sha256:") === true;
  const unknown = { ...plainContainer("").image, reference: isId ? undefined : asked };
  return (isId ? image?.(asked) : undefined) ?? unknown;
}

function mount(given: Bag, { volumes }: Named): MountFacts {
  const kind = textOf(given["Type"]);
  const source = textOf(given["Source"]) ?? "";
  return {
    kind: kind === "bind" || kind === "tmpfs" ? kind : "volume",
    source: kind === "volume" ? (volumes.get(source) ?? source) : source,
    path: textOf(given["Target"]) ?? "",
    readOnly: given["ReadOnly"] === true,
    propagation: textOf(bagOf(given["BindOptions"])["Propagation"]) ?? "",
  };
}

/** The nodes that accept tasks. */
export function hostNodes(nodes: readonly Bag[]): NodeFacts[] {
  return nodes
    .filter(
      (each) =>
        textOf(bagOf(each["Spec"])["Availability"]) === "active" &&
        textOf(bagOf(each["Status"])["State"]) === "ready",
    )
    .map((each) => {
      const spec = bagOf(each["Spec"]);
      const description = bagOf(each["Description"]);
      const platform = bagOf(description["Platform"]);
      return {
        id: textOf(each["ID"]) ?? "",
        name: textOf(description["Hostname"]) ?? "",
        role: textOf(spec["Role"]) ?? "",
        os: textOf(platform["OS"]) ?? "",
        arch: textOf(platform["Architecture"]) ?? "",
        labels: mapOf(spec["Labels"]),
        engineLabels: mapOf(bagOf(description["Engine"])["Labels"]),
        memoryBytes: numberOf(bagOf(description["Resources"])["MemoryBytes"]) ?? 0,
      };
    });
}
