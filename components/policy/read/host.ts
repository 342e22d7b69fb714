/** Reads the running containers of a host as subjects, as returned by inspect. */

import { capabilityOf } from "../../container/security/capability";
import { variableOf } from "../../container/environment";
import type { HostInventory } from "../../deployment/look/host-inventory";
import { aliasesLabel, completesLabel } from "../../container/live";
import {
  type ContainerSubject,
  emptyStack,
  type ImageFacts,
  plainContainer,
  type StackSubject,
  withoutNumber,
} from "../subject";
import { hostNodes, hostService, serviceName, STACK, TASK } from "./host-swarm";
import { type Bag, bagOf, listOf, mapOf, numberOf, textOf, textsOf } from "../../core/untyped";

const builtIn = ["bridge", "host", "none"];
const PROJECT = "com.docker.compose.project";

/**
 * The containers and what they use.
 *
 * @param project - a single Compose project, or stack as `<project>-<stack>`; without it, names have the project as a prefix
 */
export function readHost(inventory: HostInventory, project?: string): StackSubject {
  const labels = (object: Bag): Record<string, string> =>
    mapOf(object["Labels"] ?? bagOf(object["Config"])["Labels"]);
  const projectOf = (object: Bag): string | undefined => {
    const all = labels(object);
    return all[PROJECT] ?? all[STACK];
  };
  const ours = (object: Bag): boolean => project === undefined || projectOf(object) === project;
  const named = (object: Bag, kind: "service" | "network" | "volume"): string => {
    const all = labels(object);
    const made = kind === "service" ? all["io.dockwright.name"] : undefined;
    const own =
      made !== undefined
        ? withoutNumber(made)
        : (all[`com.docker.compose.${kind}`] ?? withoutStack(textOf(object["Name"]) ?? "", all[STACK]));
    const scope = project === undefined ? projectOf(object) : undefined;
    return scope === undefined ? own : `${scope}/${own}`;
  };
  const bags = (all: readonly unknown[]): readonly Bag[] => all.map(bagOf);
  const names = (all: readonly Bag[], kind: "network" | "volume"): ReadonlyMap<string, string> =>
    new Map(all.map((each) => [textOf(each["Name"]) ?? "", named(each, kind)]));
  const [networks, volumes] = [bags(inventory.networks), bags(inventory.volumes)];
  const known = {
    images: new Map(bags(inventory.images).map((each) => [textOf(each["Id"]) ?? "", each])),
    networks: names(networks, "network"),
    volumes: names(volumes, "volume"),
  };
  const services = bags(inventory.services ?? []).filter((each) => ours(bagOf(each["Spec"])));
  const ids = new Map(networks.map((each) => [textOf(each["Id"]) ?? "", named(each, "network")]));
  return {
    ...emptyStack,
    containers: [
      ...bags(inventory.containers)
        // A task is checked as its service, if that is known.
        .filter(
          (each) => ours(each) && (inventory.services === undefined || labels(each)[TASK] === undefined),
        )
        .map((each) => container(named(each, "service"), labels(each), each, known)),
      ...services.map((each) =>
        hostService(each, {
          service: (spec) => (project === undefined ? `${projectOf(spec) ?? ""}/` : "") + serviceName(spec),
          image: (id) => {
            const image = known.images.get(id);
            return image && imageFacts({ ...bagOf(image["Config"]), Image: id }, image, project);
          },
          networks: ids,
          volumes: known.volumes,
        }),
      ),
    ],
    networks: networks
      .filter((each) => ours(each) && !builtIn.includes(textOf(each["Name"]) ?? ""))
      .map((each) => ({
        name: named(each, "network"),
        driver: textOf(each["Driver"]) ?? "bridge",
        internal: each["Internal"] === true,
        subnets: listOf(bagOf(each["IPAM"])["Config"]).flatMap((one) => textOf(bagOf(one)["Subnet"]) ?? []),
        options: mapOf(each["Options"]),
      })),
    volumes: volumes.filter(ours).map((each) => ({
      name: named(each, "volume"),
      driver: textOf(each["Driver"]) ?? "local",
      options: mapOf(each["Options"]),
    })),
    hostMemoryBytes: inventory.memoryBytes,
    nodes: inventory.nodes && hostNodes(bags(inventory.nodes)),
  };
}

/** `docker stack deploy` names services `<stack>_<name>`. */
function withoutStack(name: string, stack: string | undefined): string {
  const bare = name.replace(/^\//, "");
  return stack !== undefined && bare.startsWith(`${stack}_`) ? bare.slice(stack.length + 1) : bare;
}

interface Known {
  readonly images: ReadonlyMap<string, Bag>;
  readonly networks: ReadonlyMap<string, string>;
  readonly volumes: ReadonlyMap<string, string>;
}

function container(
  name: string,
  labels: Record<string, string>,
  inspected: Bag,
  known: Known,
): ContainerSubject {
  const config = bagOf(inspected["Config"]);
  const host = bagOf(inspected["HostConfig"]);
  const image = known.images.get(textOf(inspected["Image"]) ?? "") ?? {};
  const attached = Object.keys(bagOf(bagOf(inspected["NetworkSettings"])["Networks"]));
  const memory = numberOf(host["Memory"]) ?? 0;
  const log = bagOf(host["LogConfig"]);
  const inherited = textsOf(bagOf(image["Config"])["Env"]);
  return {
    ...plainContainer(name),
    image: imageFacts(config, image, labels[PROJECT]),
    privileged: host["Privileged"] === true,
    addedCapabilities: textsOf(host["CapAdd"]).map(capabilityOf),
    droppedCapabilities: textsOf(host["CapDrop"]).map(capabilityOf),
    securityOptions: securityOptions(host),
    networkMode: attached.find((each) => builtIn.includes(each)),
    networks: attached
      .filter((each) => !builtIn.includes(each))
      .map((each) => known.networks.get(each) ?? each),
    pid: textOf(host["PidMode"]) ?? "",
    ipc: textOf(host["IpcMode"]) ?? "",
    uts: textOf(host["UTSMode"]) ?? "",
    userNamespace: textOf(host["UsernsMode"]) ?? "",
    devices: listOf(host["Devices"]).map((each) => textOf(bagOf(each)["PathOnHost"]) ?? ""),
    mounts: listOf(inspected["Mounts"]).map((each) => mount(bagOf(each), known)),
    ports: Object.entries(bagOf(host["PortBindings"])).flatMap(([port, bindings]) =>
      listOf(bindings).map((each) => {
        const [number = "0", protocol = "tcp"] = port.split("/");
        const published = Number(textOf(bagOf(each)["HostPort"]) ?? 0);
        return {
          address: textOf(bagOf(each)["HostIp"]) ?? "",
          host: published === 0 ? undefined : published,
          container: Number(number),
          protocol,
        };
      }),
    ),
    environment: textsOf(config["Env"])
      .filter((each) => !inherited.includes(each))
      .map(variableOf),
    user: textOf(config["User"]) ?? "",
    readOnlyRoot: host["ReadonlyRootfs"] === true,
    memoryBytes: memory > 0 ? memory : undefined,
    healthCheck: healthCheck(config["Healthcheck"]),
    restart: textOf(bagOf(host["RestartPolicy"])["Name"]) || "no",
    logDriver: textOf(log["Type"]),
    logOptions: mapOf(log["Config"]),
    isJob: labels["io.dockwright.kind"] === "job" || completesLabel in labels,
    startsFirst: labels[aliasesLabel] !== undefined,
  };
}

/** With some host namespaces, Docker adds an option automatically. */
function securityOptions(host: Bag): string[] {
  const adds = host["Privileged"] === true || host["PidMode"] === "host" || host["IpcMode"] === "host";
  return textsOf(host["SecurityOpt"]).filter((each) => !(adds && /^label[=:]disable$/.test(each)));
}

/** On a host, the image's health check is part of the container's configuration. */
function healthCheck(value: unknown): ContainerSubject["healthCheck"] {
  const [first] = textsOf(bagOf(value)["Test"]);
  return first === undefined || first === "NONE" ? "none" : "given";
}

/** For a container that was started by image id: the name of that image. */
function imageFacts(config: Bag, image: Bag, project: string | undefined): ImageFacts {
  const asked = textOf(config["Image"]) ?? "";
  const tags = textsOf(image["RepoTags"]);
  const isId = /^sha256:|^[0-9a-f]{12,64}$/.test(asked);
  const reference = isId
    ? (tags.find((each) => !each.endsWith(":latest")) ?? tags[0] ?? textsOf(image["RepoDigests"])[0])
    : asked;
  const built =
    reference === undefined ||
    (project !== undefined && (reference.startsWith(`${project}/`) || reference.startsWith(`${project}-`)));
  return {
    reference,
    built,
    user: textOf(config["User"]) ?? "",
    healthCheck: config["Healthcheck"] !== undefined,
  };
}

function mount(given: Bag, { volumes }: Known): ContainerSubject["mounts"][number] {
  const kind = textOf(given["Type"]);
  const name = textOf(given["Name"]) ?? "";
  const volume = /^[0-9a-f]{64}$/.test(name) ? "" : (volumes.get(name) ?? name);
  return {
    kind: kind === "bind" || kind === "tmpfs" ? kind : "volume",
    source: kind === "volume" ? volume : (textOf(given["Source"]) ?? ""),
    path: textOf(given["Destination"]) ?? "",
    readOnly: given["RW"] === false,
    propagation: textOf(given["Propagation"]) ?? "",
  };
}
