/** The grammar of the random walk: deployments, and the steps from one to the next. Pure. */

import fc from "fast-check";

export type Order = "start-first" | "stop-first";

/** One container as the walk declares it. */
export interface Service {
  /** Undefined leaves it to dockwright. */
  readonly order: Order | undefined;
  readonly networks: readonly string[];
  /** The volume at /data. */
  readonly volume: string | undefined;
  readonly healthCheck: boolean;
  /** Value of the variable REVISION. */
  readonly revision: number;
}

export interface World {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  /** What the image is built from. */
  readonly imageRevision: number;
}

/** Numbers choose among what there is at that moment, so that every sequence of steps means something. */
export type Step =
  | { readonly kind: "edit"; readonly edit: Edit; readonly service: number; readonly other: number }
  | { readonly kind: "drift"; readonly drift: Drift; readonly service: number; readonly other: number };

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
] as const;
export type Edit = (typeof EDITS)[number];

/** What hands do on the host, beside the program. */
export const DRIFTS = [
  "stop",
  "kill",
  "remove",
  "pause",
  "rename",
  "disconnect",
  "remove network",
  "untag image",
] as const;
export type Drift = (typeof DRIFTS)[number];

const NAMES = ["one", "two", "three", "four"];
const NETWORKS = ["front", "back"];
const VOLUMES = ["data", "cache"];

const service: fc.Arbitrary<Service> = fc.record({
  order: fc.constantFrom<(Order | undefined)[]>(undefined, "start-first", "stop-first"),
  networks: fc.subarray(NETWORKS),
  volume: fc.constantFrom(undefined, undefined, ...VOLUMES),
  healthCheck: fc.boolean(),
  revision: fc.constant(1),
});

const world: fc.Arbitrary<World> = fc
  .record({
    names: fc.subarray(NAMES, { minLength: 1, maxLength: 3 }),
    services: fc.array(service, { minLength: NAMES.length, maxLength: NAMES.length }),
    networks: fc.subarray(NETWORKS),
    volumes: fc.subarray(VOLUMES),
  })
  .map(({ names, services, networks, volumes }) =>
    consistent({
      services: Object.fromEntries(names.map((name, index) => [name, services[index] ?? blank])),
      networks,
      volumes,
      imageRevision: 1,
    }),
  );

const numbers = { service: fc.nat(11), other: fc.nat(11) };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("edit" as const), edit: fc.constantFrom(...EDITS), ...numbers }),
  fc.record({ kind: fc.constant("drift" as const), drift: fc.constantFrom(...DRIFTS), ...numbers }),
);

export interface Walk {
  readonly world: World;
  readonly steps: readonly Step[];
}

/** The walks that a seed stands for: always the same. */
export function walksOf(seed: number, steps: number, stepsEach: number): Walk[] {
  const walk = fc.record({ world, steps: fc.array(step, { minLength: stepsEach, maxLength: stepsEach }) });
  const sampled = fc.sample(walk, { seed, numRuns: Math.ceil(steps / stepsEach) });
  return sampled.map(({ world: first, steps: all }, index) => ({
    world: first,
    steps: all.slice(0, steps - index * stepsEach),
  }));
}

const blank: Service = {
  order: undefined,
  networks: [],
  volume: undefined,
  healthCheck: false,
  revision: 1,
};

export function nameAt(names: readonly string[], index: number): string | undefined {
  return names[index % Math.max(1, names.length)];
}

/** The world after an edit of the program. */
export function edited(before: World, { edit, service: index, other }: Step & { kind: "edit" }): World {
  const name = nameAt(Object.keys(before.services), index) ?? "";
  const with_ = (change: (service: Service) => Partial<Service>): World => ({
    ...before,
    services: { ...before.services, [name]: { ...at(before, name), ...change(at(before, name)) } },
  });
  const edits: Record<Edit, () => World> = {
    revision: () => with_(({ revision }) => ({ revision: revision + 1 })),
    image: () => ({ ...before, imageRevision: before.imageRevision + 1 }),
    "add service": () => {
      const free = NAMES.filter((each) => !(each in before.services));
      const added = nameAt(free, index);
      return added === undefined
        ? before
        : { ...before, services: { ...before.services, [added]: { ...at(before, name), revision: 1 } } };
    },
    "remove service": () => ({ ...before, services: without(before.services, name) }),
    order: () =>
      with_(() => ({ order: [undefined, "start-first", "stop-first"][other % 3] as Order | undefined })),
    "health check": () => with_(({ healthCheck }) => ({ healthCheck: !healthCheck })),
    network: () =>
      with_(({ networks }) => ({ networks: toggled(networks, NETWORKS[other % NETWORKS.length] ?? "") })),
    volume: () => with_(() => ({ volume: [undefined, ...VOLUMES][other % (VOLUMES.length + 1)] })),
    "add network": () => ({
      ...before,
      networks: union(before.networks, [NETWORKS[other % NETWORKS.length] ?? ""]),
    }),
    "remove network": () => dropNetwork(before, NETWORKS[other % NETWORKS.length] ?? ""),
    "remove volume": () => dropVolume(before, VOLUMES[other % VOLUMES.length] ?? ""),
  };
  return consistent(edits[edit]());
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
function consistent(world: World): World {
  const sound = mapped(world, (each) => ({
    ...each,
    order: each.volume !== undefined && each.order === "start-first" ? undefined : each.order,
  }));
  const all = Object.values(sound.services);
  return {
    ...sound,
    networks: union(
      sound.networks,
      all.flatMap(({ networks }) => networks),
    ),
    volumes: union(
      sound.volumes,
      all.flatMap(({ volume }) => (volume === undefined ? [] : [volume])),
    ),
  };
}

/** Whether a change of it leaves no moment without a running one. */
export function startsFirst({ order, volume }: Service): boolean {
  return order === "start-first" || (order === undefined && volume === undefined);
}
