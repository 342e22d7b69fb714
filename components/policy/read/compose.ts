/** Reads a Compose project as subjects, as `docker compose up` runs it. */

import type { Project, Service } from "../../compose/model/model";
import type { ComposePlan } from "../../compose/host/plan";
import type { PlannedImage } from "../../compose/host/images";
import type { PlannedService } from "../../compose/host/service";
import { capabilityOf } from "../../container/security/capability";
import {
  type ContainerSubject,
  type DockerfileSubject,
  emptyStack,
  type ImageFacts,
  plainContainer,
  type StackSubject,
} from "../subject";
import { imageOf, readDockerfile } from "./dockerfile";
import type { ReadFile } from "./program";

export function readCompose(model: Project, plan: ComposePlan, read: ReadFile): StackSubject {
  const { dockerfiles, ...rest } = readObjects(model, plan.images, "bridge", read);
  return {
    ...rest,
    containers: plan.services
      .filter(({ replicas }) => replicas > 0)
      .map((planned) => ({
        ...containerOf(planned, model.services[planned.name], dockerfiles.get(planned.image)),
        restart: typeof planned.args.restart === "object" ? "on-failure" : (planned.args.restart ?? "no"),
      })),
    dockerfiles: [...dockerfiles.values()],
  };
}

/** All subjects except the services, with the Dockerfiles by the keys of their images. */
export function readObjects(
  model: Project,
  images: Readonly<Record<string, PlannedImage>>,
  usualDriver: string,
  read: ReadFile,
): Omit<StackSubject, "dockerfiles"> & { readonly dockerfiles: ReadonlyMap<string, DockerfileSubject> } {
  return {
    ...emptyStack,
    dockerfiles: new Map(
      Object.entries(images).flatMap(([key, planned]) => {
        const subject = dockerfileOf(key, planned, read);
        return subject === undefined ? [] : [[key, subject] as const];
      }),
    ),
    networks: Object.entries(model.networks ?? {})
      .filter(([, { external }]) => external !== true)
      .map(([name, { driver = usualDriver, internal = false, ipam, driver_opts: options = {} }]) => ({
        name,
        driver,
        internal,
        subnets: (ipam.config ?? []).flatMap(({ subnet }) => subnet ?? []),
        options,
      })),
    volumes: Object.entries(model.volumes ?? {})
      .filter(([, { external }]) => external !== true)
      .map(([name, { driver = "local", driver_opts: options = {} }]) => ({ name, driver, options })),
  };
}

function dockerfileOf(name: string, planned: PlannedImage, read: ReadFile): DockerfileSubject | undefined {
  if ("reference" in planned) return undefined;
  const { context = ".", target } = planned.build;
  const more = target === undefined ? {} : { target };
  if (planned.inline !== undefined) return readDockerfile(planned.inline, { name, ...more });
  const file = `${context}/${planned.build.dockerfile ?? "Dockerfile"}`;
  const text = read(file);
  return text === undefined ? undefined : readDockerfile(text, { name, file, ...more });
}

export function containerOf(
  { name, kind, replicas }: Pick<PlannedService, "name" | "kind" | "replicas">,
  service: Service | undefined,
  dockerfile: DockerfileSubject | undefined,
): ContainerSubject {
  const plain = plainContainer(name);
  if (service === undefined) return plain;
  const limits = service.deploy?.resources.limits;
  const memory = service.mem_limit ?? limits?.memory;
  const check = service.healthcheck;
  return {
    ...plain,
    image: imageFacts(service, dockerfile),
    privileged: service.privileged === true,
    addedCapabilities: (service.cap_add ?? []).map(capabilityOf),
    droppedCapabilities: (service.cap_drop ?? []).map(capabilityOf),
    securityOptions: service.security_opt ?? [],
    networkMode: service.network_mode,
    networks: Object.keys(service.network_mode === undefined ? (service.networks ?? {}) : {}),
    pid: service.pid ?? "",
    ipc: service.ipc ?? "",
    uts: service.uts ?? "",
    userNamespace: service.userns_mode ?? "",
    devices: (service.devices ?? []).flatMap(({ source }) => source ?? []),
    mounts: (service.volumes ?? []).map(({ type, source = "", target = "", read_only: readOnly, bind }) => ({
      kind: type === "bind" || type === "tmpfs" ? type : "volume",
      source,
      path: target,
      readOnly: readOnly === true,
      propagation: bind?.propagation ?? "",
    })),
    ports: (kind === "job" ? [] : (service.ports ?? [])).map(
      ({ target = 0, published, host_ip: address = "", protocol = "tcp" }) => ({
        address,
        host: published === undefined || published === "0" ? undefined : Number(published.split("-")[0]),
        container: target,
        protocol,
      }),
    ),
    environment: Object.entries(service.environment ?? {}).flatMap(([key, value]) =>
      value === null ? [] : [{ name: key, value }],
    ),
    user: service.user,
    readOnlyRoot: service.read_only === true,
    memoryBytes: memory === undefined ? undefined : Number(memory),
    healthCheck:
      check === undefined
        ? "inherited"
        : check.disable === true || check.test?.[0] === "NONE"
          ? "none"
          : "given",
    logDriver: service.logging?.driver,
    logOptions: service.logging?.options ?? {},
    replicas,
    isJob: kind === "job",
    startsFirst: service.deploy?.update_config?.order === "start-first",
  };
}

function imageFacts({ image, build }: Service, dockerfile: DockerfileSubject | undefined): ImageFacts {
  if (dockerfile !== undefined) return imageOf(dockerfile, image);
  return { reference: image, built: build !== undefined, user: undefined, healthCheck: undefined };
}
