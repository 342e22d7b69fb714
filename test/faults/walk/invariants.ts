import type Docker from "dockerode";

import { differences } from "../observe";
import { FIXED_NAME, HOST_PORT, SECRET } from "../walk-program/settings";
import { nameOf, onHost, type Service, type World } from "./world";

const NAME = "io.dockwright.name";

/** Whose objects are looked at. */
export interface Subject {
  readonly docker: Docker;
  readonly project: string;
  readonly stack: string;
}

type Labelled = Readonly<Record<string, string>> | null;

/** Differences between what the program declares and what the Engine has. */
export async function declaredIsLive(subject: Subject, world: World): Promise<string[]> {
  const { docker, project, stack } = subject;
  const mine = (labels: Labelled): boolean =>
    labels?.["io.dockwright.project"] === project && labels["io.dockwright.stack"] === stack;
  const [listed, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
  ]);
  const own = listed.filter(({ Labels }) => mine(Labels));
  const details = await Promise.all(own.map(({ Id }) => docker.getContainer(Id).inspect()));
  const scope = `${project}-${stack}`;
  const live: Record<string, unknown> = {};
  for (const detail of details) {
    const name = detail.Config.Labels[NAME] ?? "(nobody)";
    live[name in live ? `${name} (again: ${detail.Name.slice(1)})` : name] = liveService(detail);
  }
  const declared = Object.fromEntries(
    Object.entries(world.services).map(([name, each]) => [name, declaredService(scope, name, each, world)]),
  );
  const ownNetworks = networks.filter(({ Labels }) => mine(Labels ?? null)).map(({ Name }) => Name);
  const absent = world.volumes
    .map((slot) => `${scope}-${onHost(world, slot)}`)
    .filter((name) => !volumes.some(({ Name, Labels }) => Name === name && mine(Labels)));
  return differences(
    {
      containers: declared,
      networks: world.networks.map((slot) => `${scope}-${nameOf(world, slot)}`).sort(),
      absentVolumes: [],
    },
    { containers: live, networks: ownNetworks.sort(), absentVolumes: absent },
  );
}

function declaredService(scope: string, name: string, service: Service, world: World): unknown {
  return {
    name: world.fixedName === name ? FIXED_NAME : `${scope}-${name}`,
    status: service.healthCheck ? "running healthy" : "running",
    revision: `REVISION=${service.revision}`,
    image: String(world.imageRevision),
    volumes: service.volume === undefined ? [] : [`${scope}-${onHost(world, service.volume)} at /data`],
    networks:
      service.networks.length === 0
        ? ["bridge"]
        : service.networks.map((slot) => `${scope}-${nameOf(world, slot)}`).sort(),
    ports: world.port === name ? [String(HOST_PORT)] : [],
    unnamed: [],
  };
}

function liveService({
  Name,
  Id,
  Config,
  State,
  Mounts,
  NetworkSettings,
}: Docker.ContainerInspectInfo): unknown {
  const service = Config.Labels[NAME] ?? "";
  const health = (State as { Health?: { Status: string } }).Health?.Status ?? "none";
  const networks = Object.entries(NetworkSettings.Networks);
  return {
    name: Name.slice(1),
    status: health === "none" ? State.Status : `${State.Status} ${health}`,
    revision: Config.Env.find((line) => line.startsWith("REVISION=")),
    image: Config.Labels["walk.revision"],
    volumes: Mounts.map(({ Name: volume, Destination }) => `${volume ?? ""} at ${Destination}`),
    networks: networks.map(([name]) => name).sort(),
    ports: Object.values(NetworkSettings.Ports).flatMap((places) =>
      ((places as { HostPort: string }[] | null) ?? []).map(({ HostPort }) => HostPort),
    ),
    // Networks on which its service's name does not lead to it.
    unnamed: networks.flatMap(([network, { Aliases }]) => {
      const aliases = (Aliases as string[] | null) ?? [];
      return network === "bridge" || aliases.includes(service)
        ? []
        : [`${network}: ${aliases.filter((each) => each !== Id.slice(0, 12)).join(" ")}`];
    }),
  };
}

/** What another stack has beside ours: it is unchanged. */
export async function makeForeign({ docker, project }: Subject): Promise<() => Promise<string[]>> {
  const labels = { "io.dockwright.project": project, "io.dockwright.stack": "another", [NAME]: "one" };
  await docker.createVolume({ Name: "foreign-data", Labels: labels });
  await docker.createNetwork({ Name: "foreign-net", Labels: labels });
  const container = await docker.createContainer({
    name: "foreign-one",
    Image: "debian:bookworm-slim",
    Cmd: ["sleep", "infinity"],
    Labels: labels,
    HostConfig: { NetworkMode: "foreign-net", Binds: ["foreign-data:/data"], Init: true },
  });
  await container.start();
  const look = async (): Promise<unknown> => {
    const { Id, Name, State } = await container.inspect();
    const network = (await docker.getNetwork("foreign-net").inspect()) as { Id: string };
    const volume = (await docker.getVolume("foreign-data").inspect()) as { CreatedAt?: string };
    return {
      id: Id,
      name: Name,
      running: State.Running,
      since: State.StartedAt,
      network: network.Id,
      volume: volume.CreatedAt,
    };
  };
  const before = await look();
  return async () =>
    differences(before, await look().catch((error: unknown) => ({ gone: String(error) }))).map(
      (each) => `foreign: ${each}`,
    );
}

/** Volumes are made once, and never again. */
export class VolumeAges {
  private readonly known = new Map<string, string>();

  /** One that somebody removed may come back. */
  forget(name: string): void {
    this.known.delete(name);
  }

  async check(docker: Docker): Promise<string[]> {
    const { Volumes: volumes } = await docker.listVolumes();
    const now = new Map(volumes.map((each) => [each.Name, (each as { CreatedAt?: string }).CreatedAt ?? ""]));
    const lost = [...this.known].filter(([name, since]) => now.get(name) !== since);
    for (const [name, since] of now) if (!this.known.has(name)) this.known.set(name, since);
    return lost.map(([name, since]) => `volume ${name} of ${since} is ${now.get(name) ?? "gone"}`);
  }
}

/** Where the secret is in plain text, among what was written and what the Engine shows of our containers and images. */
export async function secretsInClear(
  { docker, project }: Subject,
  written: Readonly<Record<string, string>>,
): Promise<string[]> {
  const containers = await docker.listContainers({
    all: true,
    filters: { label: [`io.dockwright.project=${project}`] },
  });
  const images = await docker.listImages();
  const shown = {
    ...written,
    containers: JSON.stringify(
      await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).inspect())),
    ),
    images: JSON.stringify(await Promise.all(images.map(({ Id }) => docker.getImage(Id).inspect()))),
  };
  const forms = [SECRET, Buffer.from(SECRET).toString("base64")];
  return Object.entries(shown)
    .filter(([, text]) => forms.some((form) => text.includes(form)))
    .map(([where]) => `the secret is in plain text in ${where}`);
}
