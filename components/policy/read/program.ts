/** Reads all resources of Docker's provider in a Pulumi program as subjects. */

import { tokens } from "../../core/tokens";
import { readContainer as readInputs } from "../../provider/container";
import { type ReadBuild, readBuild, readImage, readNetwork, readVolume } from "../../provider/objects";
import { referenceOf } from "../../provider/parts";
import { readService as readServiceInputs } from "../../provider/service";
import { dockerTypes } from "../../provider/tokens";
import { aliasesLabel } from "../../container/live";
import {
  type ContainerSubject,
  type DockerfileSubject,
  emptyStack,
  type ImageFacts,
  type NetworkSubject,
  plainContainer,
  type StackSubject,
  type VolumeSubject,
  withoutNumber,
} from "../subject";
import { imageOf, readDockerfile } from "./dockerfile";
import { hostService, type Named, serviceName } from "./host-swarm";
import { mountFacts } from "./mount-facts";
import { readService } from "./program-service";

/** One resource. Unknown values are undefined; for values that are not set, the provider returns empty texts and nulls. */
export interface ProgramResource {
  readonly type: string;
  readonly name: string;
  /** Its parent, such as `Container web`. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The names of its dependencies, such as `RemoteImage web`. */
  readonly dependsOn: readonly string[];
}

/** Reads a file of a build context; undefined if it does not exist. */
export type ReadFile = (path: string) => string | undefined;

/** The specification that a `SwarmService` sends to the Engine. */
export const specType = tokens.swarmSpec;
/** Its outputs say what is built: the provider is only asked for the result. */
export const imageComponent = tokens.image;

export function readProgram(resources: readonly ProgramResource[], read: ReadFile): StackSubject {
  const of = (type: string): readonly ProgramResource[] => resources.filter((each) => each.type === type);
  const builds = new Map(of(imageComponent).map(({ name, inputs }) => [`Image ${name}`, readBuild(inputs)]));
  const images = of(dockerTypes.image).map((each) => image(each, builds.get(each.parent), read));
  const networks = new Map(of(dockerTypes.network).map((each) => [each.name, networkOf(each)]));
  const volumes = new Map(
    of(dockerTypes.volume).map((each) => [readVolume(each.inputs).name ?? each.name, volumeOf(each)]),
  );
  return {
    ...emptyStack,
    containers: [
      ...of(dockerTypes.container).map((each) =>
        linked(each, readContainer(each), { images, networks, volumes }),
      ),
      ...of(dockerTypes.service)
        // For a SwarmService this resource is empty: the specification has all settings.
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

/** The networks and volumes of a service are found through its dependencies. */
const bySpec: Named = { service: serviceName, networks: new Map(), volumes: new Map() };

interface Image {
  readonly resource: string;
  readonly source: string | undefined;
  readonly facts: ImageFacts;
  readonly dockerfile: DockerfileSubject | undefined;
}

function image({ name, inputs }: ProgramResource, component: ReadBuild | undefined, read: ReadFile): Image {
  const { reference: source, build = component } = readImage(inputs);
  const resource = `RemoteImage ${name}`;
  const facts = { reference: source, built: build !== undefined, user: undefined, healthCheck: undefined };
  if (build === undefined) return { resource, source, facts, dockerfile: undefined };
  const { target } = build;
  const file = `${build.context}/${build.dockerfile}`;
  const text = build.text ?? read(file);
  if (text === undefined) return { resource, source, facts, dockerfile: undefined };
  const dockerfile = readDockerfile(text, { name, file, ...(target !== undefined && { target }) });
  return { resource, source, facts: imageOf(dockerfile, source), dockerfile };
}

interface Known {
  readonly images: readonly Image[];
  readonly networks: ReadonlyMap<string, NetworkSubject>;
  readonly volumes: ReadonlyMap<string, VolumeSubject>;
}

/** A container with the facts about its image, networks and volumes from the other resources. */
function linked(
  resource: ProgramResource,
  subject: ContainerSubject,
  { images, networks, volumes }: Known,
): ContainerSubject {
  const source =
    resource.type === dockerTypes.service
      ? readServiceInputs(resource.inputs).image
      : readInputs(resource.inputs).image;
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
function readContainer(resource: Pick<ProgramResource, "name" | "parent" | "inputs">): ContainerSubject {
  const service = serviceOf(resource);
  const plain = plainContainer(service);
  const {
    image: name,
    labels,
    attachments,
    networkMode,
    mounts,
    memoryMiB,
    ...rest
  } = readInputs(resource.inputs);
  const { healthyWithin: _within, stopGraceSeconds: _grace, ...facts } = rest;
  return {
    ...plain,
    ...facts,
    image: { ...plain.image, reference: referenceOf(name) },
    networkMode: attachments.length > 0 ? undefined : networkMode,
    networks: attachments.map(({ network }) => network),
    mounts: mounts.map((each) => mountFacts(service, each)),
    memoryBytes: memoryMiB && memoryMiB * 2 ** 20,
    startsFirst: labels[aliasesLabel] !== undefined,
  };
}

/** The name of the component without the number of a replica: unlike labels, it is known in every preview. */
function serviceOf({ name, parent }: Pick<ProgramResource, "name" | "parent">): string {
  const [kind = "", component = ""] = parent.split(" ");
  return withoutNumber(
    ["Container", "Job", "SwarmService"].includes(kind) && name.startsWith(component) ? component : name,
  );
}

function networkOf({ name, inputs }: Pick<ProgramResource, "name" | "inputs">): NetworkSubject {
  const { labels, ...rest } = readNetwork(inputs);
  return { name: labels["com.docker.compose.network"] ?? name, ...rest };
}

function volumeOf({ name, inputs }: Pick<ProgramResource, "name" | "inputs">): VolumeSubject {
  const { labels, driver, options } = readVolume(inputs);
  return { name: labels["com.docker.compose.volume"] ?? name, driver, options };
}
