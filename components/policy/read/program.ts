/** The resources of a Pulumi program as subjects: those of Docker's provider, whoever declares them. */

import { aliasesLabel } from "../../values/live-container";
import {
  type ContainerSubject,
  type DockerfileSubject,
  emptyStack,
  type ImageFacts,
  type MountFacts,
  type NetworkSubject,
  plainContainer,
  type StackSubject,
  type VolumeSubject,
} from "../subject";
import { imageOf, readDockerfile } from "./dockerfile";
import { hostService, type Named, serviceName } from "./host-swarm";
import { readService, serviceType } from "./program-service";
import {
  type Bag,
  bagOf,
  capabilityOf,
  listOf,
  mapOf,
  numberOf,
  textOf,
  textsOf,
  variableOf,
  withoutNumber,
} from "./values";

/** One resource. What is not known is undefined; the provider gives empty texts and nulls for what was not said. */
export interface ProgramResource {
  readonly type: string;
  readonly name: string;
  /** What it is a part of, as `Container web`. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The names of the resources that it waits for, as `RemoteImage web`. */
  readonly dependsOn: readonly string[];
}

/** How the files of a build context are read; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

export const containerType = "docker:index/container:Container";
export const networkType = "docker:index/network:Network";
export { serviceType } from "./program-service";
/** What a `SwarmService` tells the Engine, in the Engine's own words. */
export const specType = "dockwright:index:SwarmSpec";
export const volumeType = "docker:index/volume:Volume";
export const imageType = "docker:index/remoteImage:RemoteImage";
/** Its outputs hold the text of a typed Dockerfile. */
export const imageComponent = "dockwright:index:Image";

export function readProgram(resources: readonly ProgramResource[], read: ReadFile): StackSubject {
  const of = (type: string): readonly ProgramResource[] => resources.filter((each) => each.type === type);
  const typed = new Map(
    of(imageComponent).map(({ name, inputs }) => [`Image ${name}`, textOf(inputs["dockerfile"])]),
  );
  const images = of(imageType).map((each) => image(each, typed.get(each.parent), read));
  const networks = new Map(of(networkType).map((each) => [each.name, readNetwork(each)]));
  const volumes = new Map(
    of(volumeType).map((each) => [textOf(each.inputs["name"]) ?? each.name, readVolume(each)]),
  );
  return {
    ...emptyStack,
    containers: [
      ...of(containerType).map((each) => linked(each, readContainer(each), { images, networks, volumes })),
      ...of(serviceType)
        // Of a SwarmService it is an empty shell: what is told to the Engine says all.
        .filter(({ parent }) => !parent.startsWith("SwarmService "))
        .map((each) =>
          linked(each, readService(serviceOf(each), each.inputs), { images, networks, volumes }),
        ),
      ...of(specType).map((each) =>
        linked(each, hostService({ Spec: each.inputs }, bySpec), {
          images,
          networks,
          volumes,
        }),
      ),
    ],
    dockerfiles: images.flatMap(({ dockerfile }) => dockerfile ?? []),
    networks: [...networks.values()],
    volumes: [...volumes.values()],
  };
}

/** The objects of a program are found by what a service depends on. */
const bySpec: Named = { service: serviceName, networks: new Map(), volumes: new Map() };

interface Image {
  readonly resource: string;
  readonly source: string | undefined;
  readonly facts: ImageFacts;
  readonly dockerfile: DockerfileSubject | undefined;
}

function image({ name, inputs }: ProgramResource, typed: string | undefined, read: ReadFile): Image {
  const source = textOf(inputs["name"]);
  const build = bagOf(inputs["build"]);
  if (Object.keys(build).length === 0 && typed === undefined)
    return {
      resource: `RemoteImage ${name}`,
      source,
      facts: { reference: source, built: false, user: undefined, healthCheck: undefined },
      dockerfile: undefined,
    };
  const file = `${textOf(build["context"]) ?? "."}/${textOf(build["dockerfile"]) ?? "Dockerfile"}`;
  const text = typed ?? read(file);
  const target = textOf(build["target"]);
  const dockerfile =
    text === undefined
      ? undefined
      : readDockerfile(text, { name, file, ...(target !== undefined && { target }) });
  return {
    resource: `RemoteImage ${name}`,
    source,
    facts:
      dockerfile === undefined
        ? { reference: source, built: true, user: undefined, healthCheck: undefined }
        : imageOf(dockerfile, source),
    dockerfile,
  };
}

interface Known {
  readonly images: readonly Image[];
  readonly networks: ReadonlyMap<string, NetworkSubject>;
  readonly volumes: ReadonlyMap<string, VolumeSubject>;
}

/** A container with what the other resources say of its image, its networks and its volumes. */
function linked(
  resource: ProgramResource,
  subject: ContainerSubject,
  { images, networks, volumes }: Known,
): ContainerSubject {
  const source = textOf(
    resource.inputs["image"] ?? bagOf(bagOf(resource.inputs["taskSpec"])["containerSpec"])["image"],
  );
  const found =
    images.find((each) => each.source !== undefined && each.source === source) ??
    images.find((each) => resource.dependsOn.includes(each.resource));
  const attached = subject.networks.length > 0;
  const named = [...networks].filter(([name]) => attached && resource.dependsOn.includes(`Network ${name}`));
  return {
    ...subject,
    image: found?.facts ?? subject.image,
    networks: named.length > 0 ? named.map(([, { name }]) => name) : subject.networks,
    mounts: subject.mounts.map((each) => ({
      ...each,
      source: (each.kind === "volume" ? volumes.get(each.source)?.name : undefined) ?? each.source,
    })),
  };
}

/** A container by itself. */
export function readContainer(
  resource: Pick<ProgramResource, "name" | "parent" | "inputs">,
): ContainerSubject {
  const { inputs } = resource;
  const labels = labelsOf(inputs);
  const service = serviceOf(resource);
  const capabilities = bagOf(inputs["capabilities"]);
  const plain = plainContainer(service);
  const memory = numberOf(inputs["memory"]);
  const networks = listOf(inputs["networksAdvanced"]).map((each) => textOf(bagOf(each)["name"]) ?? "");
  return {
    ...plain,
    image: { ...plain.image, reference: referenceOf(inputs["image"]) },
    privileged: inputs["privileged"] === true,
    addedCapabilities: textsOf(capabilities["adds"]).map(capabilityOf),
    droppedCapabilities: textsOf(capabilities["drops"]).map(capabilityOf),
    securityOptions: textsOf(inputs["securityOpts"]),
    networkMode: networks.length > 0 ? undefined : textOf(inputs["networkMode"]),
    networks,
    pid: textOf(inputs["pidMode"]) ?? "",
    ipc: textOf(inputs["ipcMode"]) ?? "",
    userNamespace: textOf(inputs["usernsMode"]) ?? "",
    devices: listOf(inputs["devices"]).map((each) => textOf(bagOf(each)["hostPath"]) ?? ""),
    mounts: [
      ...listOf(inputs["volumes"]).map((each) => volumeMount(service, bagOf(each))),
      ...listOf(inputs["mounts"]).map((each) => longMount(bagOf(each))),
    ],
    ports: listOf(inputs["ports"]).map((each) => {
      const port = bagOf(each);
      return {
        address: textOf(port["ip"]) ?? "",
        host: numberOf(port["external"]) || undefined,
        container: numberOf(port["internal"]) ?? 0,
        protocol: textOf(port["protocol"]) ?? "tcp",
      };
    }),
    environment: textsOf(inputs["envs"]).map(variableOf),
    user: textOf(inputs["user"]) || undefined,
    readOnlyRoot: inputs["readOnly"] === true,
    memoryBytes: memory && memory * 2 ** 20,
    healthCheck: healthCheck(inputs["healthcheck"]),
    restart: textOf(inputs["restart"]) || "no",
    logDriver: textOf(inputs["logDriver"]) || undefined,
    logOptions: mapOf(inputs["logOpts"]),
    // What runs to its end is not told to keep running.
    isJob: inputs["mustRun"] === false || inputs["attach"] === true,
    startsFirst: labels[aliasesLabel] !== undefined,
  };
}

/** Known in every preview, which labels are not: the name of the component, without the number of a replica. */
function serviceOf({ name, parent }: Pick<ProgramResource, "name" | "parent">): string {
  const [kind = "", component = ""] = parent.split(" ");
  return withoutNumber(
    ["Container", "Job", "SwarmService"].includes(kind) && name.startsWith(component) ? component : name,
  );
}

/** An id says nothing; the image's resource does. */
function referenceOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text?.startsWith("sha256:") === true ? undefined : text;
}

function labelsOf(inputs: Bag): Record<string, string> {
  const pairs = listOf(inputs["labels"]).map((each) => [bagOf(each)["label"], bagOf(each)["value"]]);
  return mapOf(
    Object.fromEntries(pairs.filter(([label]) => typeof label === "string") as [string, unknown][]),
  );
}

function volumeMount(service: string, given: Bag): MountFacts {
  const host = textOf(given["hostPath"]) || undefined;
  const path = textOf(given["containerPath"]) ?? "";
  return {
    kind: host === undefined ? "volume" : "bind",
    // A name that is not known yet is a name, and nobody else's.
    source: host ?? textOf(given["volumeName"]) ?? ("volumeName" in given ? `${service}:${path}` : ""),
    path,
    readOnly: given["readOnly"] === true,
    propagation: "",
  };
}

function longMount(given: Bag): MountFacts {
  const kind = textOf(given["type"]);
  return {
    kind: kind === "bind" || kind === "tmpfs" ? kind : "volume",
    source: textOf(given["source"]) ?? "",
    path: textOf(given["target"]) ?? "",
    readOnly: given["readOnly"] === true,
    propagation: textOf(bagOf(given["bindOptions"])["propagation"]) ?? "",
  };
}

function healthCheck(value: unknown): ContainerSubject["healthCheck"] {
  const [first] = textsOf(bagOf(value)["tests"]);
  if (first === undefined) return "inherited";
  return first === "NONE" ? "none" : "given";
}

function readNetwork({ name, inputs }: Pick<ProgramResource, "name" | "inputs">): NetworkSubject {
  return {
    name: labelsOf(inputs)["com.docker.compose.network"] ?? name,
    driver: textOf(inputs["driver"]) || "bridge",
    internal: inputs["internal"] === true,
    subnets: listOf(inputs["ipamConfigs"]).flatMap((each) => textOf(bagOf(each)["subnet"]) ?? []),
    options: mapOf(inputs["options"]),
  };
}

function readVolume({ name, inputs }: Pick<ProgramResource, "name" | "inputs">): VolumeSubject {
  return {
    name: labelsOf(inputs)["com.docker.compose.volume"] ?? name,
    driver: textOf(inputs["driver"]) || "local",
    options: mapOf(inputs["driverOpts"]),
  };
}
