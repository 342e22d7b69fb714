/** What the random walk declares, and how an edit of the program changes it. Pure. */

export type Order = "start-first" | "stop-first";

/** One container as the walk declares it. */
export interface Service {
  /** Undefined leaves it to dockwright. */
  readonly order: Order | undefined;
  /** By slot. */
  readonly networks: readonly string[];
  /** The slot of the volume at /data. */
  readonly volume: string | undefined;
  readonly healthCheck: boolean;
  /** Value of the variable REVISION. */
  readonly revision: number;
  /** The name that it had, given as an alias. */
  readonly formerly?: string | undefined;
  /** How it fails. */
  readonly broken?: "exits" | "unhealthy" | undefined;
}

/** A network or a volume that does not have the name of its slot any more. */
export interface Renamed {
  readonly name: string;
  /** The name before, given as an alias. */
  readonly formerly?: string | undefined;
  /** What the host calls it, without the scope: a volume keeps its name there. */
  readonly onHost: string;
}

export interface World {
  readonly services: Readonly<Record<string, Service>>;
  /** Slots: what a network is called is in `renamed`. */
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly renamed: Readonly<Record<string, Renamed>>;
  /** The service that publishes the host port. */
  readonly port?: string | undefined;
  /** The service whose container has a name of its own. */
  readonly fixedName?: string | undefined;
  /** What the image is built from. */
  readonly imageRevision: number;
  /** Makes new names unique. */
  readonly serial: number;
}

/** Numbers choose among what there is at that moment, so that every sequence of steps means something. */
export interface Choice {
  readonly service: number;
  readonly other: number;
}

export const EDITS = [
  "revision",
  "image",
  "add service",
  "remove service",
  "order",
  "health check",
  "network",
  "volume",
  "add network",
  "remove network",
  "remove volume",
  "rename service",
  "rename service with alias",
  "rename network",
  "rename network with alias",
  "rename volume",
  "rename volume with alias",
  "move port",
  "move name",
  "revert",
] as const;
export type Edit = (typeof EDITS)[number];

export const NAMES = ["one", "two", "three", "four"];
export const NETWORKS = ["front", "back"];
export const VOLUMES = ["data", "cache"];

export const blank: Service = {
  order: undefined,
  networks: [],
  volume: undefined,
  healthCheck: false,
  revision: 1,
};

export function nameAt(names: readonly string[], index: number): string | undefined {
  return names[index % Math.max(1, names.length)];
}

/** The resource's name of a network or a volume. */
export const nameOf = (world: World, slot: string): string => world.renamed[slot]?.name ?? slot;
/** Its name on the host, without the scope. */
export const onHost = (world: World, slot: string): string => world.renamed[slot]?.onHost ?? slot;

/** The world after an edit of the program. */
export function edited(before: World, edit: Edit, { service: index, other }: Choice, former: World): World {
  const name = nameAt(Object.keys(before.services), index) ?? "";
  const slot = (slots: readonly string[]): string => slots[other % slots.length] ?? "";
  const with_ = (change: (service: Service) => Partial<Service>): World => ({
    ...before,
    services: { ...before.services, [name]: { ...at(before, name), ...change(at(before, name)) } },
  });
  const edits: Record<Edit, () => World> = {
    revision: () => with_(({ revision }) => ({ revision: revision + 1 })),
    image: () => ({ ...before, imageRevision: before.imageRevision + 1 }),
    "add service": () => withService(before, index) ?? before,
    "remove service": () => ({ ...before, services: without(before.services, name) }),
    order: () =>
      with_(() => ({ order: [undefined, "start-first", "stop-first"][other % 3] as Order | undefined })),
    "health check": () => with_(({ healthCheck }) => ({ healthCheck: !healthCheck })),
    network: () => with_(({ networks }) => ({ networks: toggled(networks, slot(NETWORKS)) })),
    volume: () => with_(() => ({ volume: [undefined, ...VOLUMES][other % (VOLUMES.length + 1)] })),
    "add network": () => ({ ...before, networks: union(before.networks, [slot(NETWORKS)]) }),
    "remove network": () => dropNetwork(before, slot(NETWORKS)),
    "remove volume": () => dropVolume(before, slot(VOLUMES)),
    "rename service": () => renameService(before, name, other, false),
    "rename service with alias": () => renameService(before, name, other, true),
    "rename network": () => renameSlot(before, nameAt(before.networks, other), "new"),
    "rename network with alias": () => renameSlot(before, nameAt(before.networks, other), "alias"),
    "rename volume": () => renameSlot(before, nameAt(before.volumes, other), "new"),
    "rename volume with alias": () =>
      renameSlot(before, nameAt(before.volumes, other), "alias, kept on the host"),
    "move port": () => ({ ...before, port: other % 4 === 0 ? undefined : name }),
    "move name": () => ({ ...before, fixedName: other % 4 === 0 ? undefined : name }),
    revert: () => former,
  };
  return consistent(edits[edit]());
}

/** With one service more; undefined where all names are taken. */
export function withService(world: World, index: number): World | undefined {
  const free = NAMES.filter((each) => !(each in world.services));
  const added = nameAt(free, index);
  if (added === undefined) return undefined;
  const like = at(world, nameAt(Object.keys(world.services), index) ?? "");
  return consistent({
    ...world,
    services: { ...world.services, [added]: { ...like, revision: 1, formerly: undefined } },
  });
}

/** Every service in its next version. */
export const nextVersion = (world: World): World =>
  mapped(world, (each) => ({ ...each, revision: each.revision + 1 }));

export function broken(world: World, { service: index, other }: Choice): World {
  const name = nameAt(Object.keys(world.services), index) ?? "";
  const how = other % 2 === 0 ? "exits" : "unhealthy";
  return { ...world, services: { ...world.services, [name]: { ...at(world, name), broken: how } } };
}

function renameService(world: World, name: string, other: number, alias: boolean): World {
  const now = nameAt(
    NAMES.filter((each) => !(each in world.services)),
    other,
  );
  if (now === undefined) return world;
  const services = Object.entries(world.services).map(([each, service]) =>
    each === name ? [now, { ...service, formerly: alias ? name : undefined }] : [each, service],
  );
  const moved = (holder: string | undefined): string | undefined => (holder === name ? now : holder);
  return {
    ...world,
    services: Object.fromEntries(services) as World["services"],
    port: moved(world.port),
    fixedName: moved(world.fixedName),
  };
}

/** A network or a volume under a new name. */
export function renameSlot(
  world: World,
  slot: string | undefined,
  how: "new" | "alias" | "alias, kept on the host",
): World {
  if (slot === undefined) return world;
  const name = `${slot}-${world.serial}`;
  const renamed: Renamed = {
    name,
    formerly: how === "new" ? undefined : nameOf(world, slot),
    onHost: how === "alias, kept on the host" ? onHost(world, slot) : name,
  };
  return { ...world, serial: world.serial + 1, renamed: { ...world.renamed, [slot]: renamed } };
}

const at = (world: World, name: string): Service => world.services[name] ?? blank;
const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].sort();
const toggled = (list: readonly string[], item: string): string[] =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item].sort();

/** One service always stays. */
function without(services: World["services"], name: string): World["services"] {
  const left = Object.fromEntries(Object.entries(services).filter(([each]) => each !== name));
  return Object.keys(left).length === 0 ? services : left;
}

const mapped = (world: World, change: (service: Service) => Service): World => ({
  ...world,
  services: Object.fromEntries(Object.entries(world.services).map(([name, each]) => [name, change(each)])),
});

const dropNetwork = (world: World, network: string): World =>
  mapped({ ...world, networks: world.networks.filter((each) => each !== network) }, (each) => ({
    ...each,
    networks: each.networks.filter((name) => name !== network),
  }));

const dropVolume = (world: World, volume: string): World =>
  mapped({ ...world, volumes: world.volumes.filter((each) => each !== volume) }, (each) => ({
    ...each,
    volume: each.volume === volume ? undefined : each.volume,
  }));

/** What is used is declared, and nothing is declared that dockwright refuses. */
export function consistent(world: World): World {
  const holder = (name: string | undefined): string | undefined =>
    name !== undefined && name in world.services ? name : undefined;
  const port = holder(world.port);
  const fixedName = holder(world.fixedName);
  const services = Object.fromEntries(
    Object.entries(world.services).map(([name, each]) => [
      name,
      {
        ...each,
        order:
          holdsAlone({ port, fixedName }, name, each) && each.order === "start-first"
            ? undefined
            : each.order,
        // A name that another one has by now is nobody's former name.
        formerly: each.formerly !== undefined && each.formerly in world.services ? undefined : each.formerly,
      },
    ]),
  );
  const all = Object.values(services);
  const networks = union(
    world.networks,
    all.flatMap((each) => each.networks),
  );
  const volumes = union(
    world.volumes,
    all.flatMap(({ volume }) => volume ?? []),
  );
  return {
    ...world,
    services,
    networks,
    volumes,
    port,
    fixedName,
    renamed: Object.fromEntries(
      Object.entries(world.renamed).filter(([slot]) => networks.includes(slot) || volumes.includes(slot)),
    ),
  };
}

/** Whether a change of it leaves no moment without a running one. */
export function startsFirst(world: World, name: string): boolean {
  const service = at(world, name);
  return service.order !== "stop-first" && !holdsAlone(world, name, service);
}

/** Whether it has what no two containers can have at a time. */
function holdsAlone(
  { port, fixedName }: Partial<Pick<World, "port" | "fixedName">>,
  name: string,
  { volume }: Service,
): boolean {
  return volume !== undefined || port === name || fixedName === name;
}
