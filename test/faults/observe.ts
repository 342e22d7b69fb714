import type Docker from "dockerode";

import type { State } from "./pulumi";

/** What is compared of one container; ids, times and names made up by Docker are left out. */
export interface ContainerView {
  readonly name: string;
  readonly status: string;
  readonly image: string;
  readonly environment: readonly string[];
  readonly mounts: readonly string[];
  /** Aliases by network. */
  readonly networks: Readonly<Record<string, readonly string[]>>;
  readonly ports: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Everything on an engine that serves one stack alone, in a form in which two of them can be compared. */
export interface View {
  /** By logical name; more than one, or one without an owner, is a fault that the comparison shows. */
  readonly containers: Readonly<Record<string, readonly ContainerView[]>>;
  readonly networks: readonly string[];
  /** With the time of creation, which tells a volume from an empty one of the same name. */
  readonly volumes: readonly string[];
  readonly danglingImages: number;
  /** Resources whose recorded id is not that of the object on the engine, those yet to be deleted, and what is pending. */
  readonly staleState: readonly string[];
}

const NAME = "io.dockwright.name";
/** Labels that identify the attempt, not the object. */
export const FLEETING = /^io\.dockwright\.(generation|spec|revision|created|attempt)/;

/** @param version what is written `<version>` in the view, so that the views of two versions are equal */
export async function observe(docker: Docker, state: State, version: string): Promise<View> {
  const [listed, networks, { Volumes: volumes }, dangling] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages({ filters: { dangling: ["true"] } }),
  ]);
  const details = await Promise.all(listed.map(({ Id }) => docker.getContainer(Id).inspect()));
  const built = imageNames(state);
  const containers: Record<string, ContainerView[]> = {};
  for (const detail of details) {
    const owner = detail.Config.Labels[NAME] ?? "(nobody)";
    (containers[owner] ??= []).push(containerView(detail, built, version));
  }
  const ids = new Set([
    ...listed.map(({ Id }) => Id),
    ...networks.map(({ Id }) => Id),
    ...volumes.map(({ Name }) => Name),
  ]);
  return {
    containers: Object.fromEntries(Object.entries(containers).sort(byFirst)),
    networks: networks
      .filter(({ Name }) => !["bridge", "host", "none"].includes(Name))
      .map(({ Name, Driver, Internal }) => `${Name} ${Driver}${Internal ? " internal" : ""}`)
      .sort(),
    // The type of dockerode leaves out a field that every Engine gives.
    volumes: volumes
      .map((volume) => `${volume.Name} ${(volume as { CreatedAt?: string }).CreatedAt ?? ""}`)
      .sort(),
    danglingImages: dangling.length,
    staleState: staleState(state, /^docker:index\/(container|network|volume):/, ids),
  };
}

function containerView(
  detail: Docker.ContainerInspectInfo,
  built: ReadonlySet<string>,
  version: string,
): ContainerView {
  const { State: state, Config: config, HostConfig: host } = detail;
  const health = (state as { Health?: { Status: string } }).Health?.Status;
  const networks = Object.entries(detail.NetworkSettings.Networks).map(([network, { Aliases }]) => {
    const aliases = (Aliases as string[] | null) ?? [];
    // Docker adds the short id; a name such as "db" may begin an id as well.
    return [network, aliases.filter((alias) => alias !== detail.Id.slice(0, 12)).sort()] as const;
  });
  return {
    name: detail.Name.slice(1),
    status: [state.Status, ...(health === undefined ? [] : [health])].join(" "),
    image: built.has(config.Image) ? "<the image of the state>" : config.Image,
    environment: config.Env.map((line) => line.replace(version, "<version>")).sort(),
    mounts: detail.Mounts.map(
      ({ Type, Name, Destination, RW }) => `${Type} ${Name ?? ""} ${Destination} ${RW ? "rw" : "ro"}`,
    ).sort(),
    networks: Object.fromEntries([...networks].sort(byFirst)),
    ports: Object.entries(
      (host.PortBindings as Record<string, { HostIp: string; HostPort: string }[]> | null) ?? {},
    )
      .flatMap(([port, places]) => places.map(({ HostIp, HostPort }) => `${HostIp}:${HostPort}->${port}`))
      .sort(),
    labels: Object.fromEntries(
      Object.entries(config.Labels)
        .filter(([label]) => !FLEETING.test(label))
        .sort(byFirst),
    ),
  };
}

function imageNames({ resources = [] }: State): Set<string> {
  const images = resources.filter(({ type }) => type === "docker:index/remoteImage:RemoteImage");
  return new Set(images.map(({ inputs }) => String(inputs?.["name"])));
}

/** @param kinds the types of resources that are on the engine under their ids */
export function staleState(
  { resources = [], pending_operations: pending = [] }: State,
  kinds: RegExp,
  live: ReadonlySet<string>,
): string[] {
  const stale = resources.flatMap(({ urn, type, id, delete: condemned }) => {
    if (!kinds.test(type)) return [];
    const name = urn.split("::").slice(-2).join(" ");
    if (condemned === true) return [`${name}: still to be deleted`];
    return id !== undefined && live.has(id) ? [] : [`${name}: ${String(id)} is not on the engine`];
  });
  return pending.length === 0 ? stale : [...stale, `${pending.length} operations are pending`];
}

export const byFirst = (
  [a]: readonly [string, ...unknown[]],
  [b]: readonly [string, ...unknown[]],
): number => (a < b ? -1 : 1);

/** The places at which two views differ, each with what was wanted and what is there. */
export function differences(wanted: unknown, got: unknown, path = ""): string[] {
  if (isRecord(wanted) && isRecord(got)) {
    const keys = new Set([...Object.keys(wanted), ...Object.keys(got)]);
    return [...keys].flatMap((key) =>
      differences(wanted[key], got[key], path === "" ? key : `${path}.${key}`),
    );
  }
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(got)];
  return a === b ? [] : [`${path}: wanted ${shown(a)}, got ${shown(b)}`];
}

const shown = (text: string | undefined): string => (text === undefined ? "nothing" : text.slice(0, 300));
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
