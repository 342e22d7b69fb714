/** The grammar of the random walk: first deployments, and the steps from one to the next. Pure. */

import fc from "fast-check";

import {
  blank,
  type Choice,
  consistent,
  type Edit,
  EDITS,
  NAMES,
  NETWORKS,
  type Order,
  type Service,
  VOLUMES,
  type World,
} from "./world";

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
  "remove volume",
  "remove image",
] as const;
export type Drift = (typeof DRIFTS)[number];

/** Runs that must not go through, or are cut short, before one that does. */
export const TRIALS = [
  "fail, retry, correct",
  "fail, retry, revert",
  "second backend",
  "foreign container",
  "foreign network",
  "foreign volume",
  "Ctrl-C",
] as const;
export type Trial = (typeof TRIALS)[number];

export type Step = Choice &
  (
    | { readonly kind: "edit"; readonly edit: Edit }
    | { readonly kind: "drift"; readonly drift: Drift }
    | { readonly kind: "trial"; readonly trial: Trial }
  );

/** Such as `by hand: pause`. */
export function moveOf(step: Step): string {
  if (step.kind === "edit") return `edit: ${step.edit}`;
  return step.kind === "drift" ? `by hand: ${step.drift}` : `trial: ${step.trial}`;
}

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
    holder: fc.option(fc.nat(2), { nil: undefined }),
  })
  .map(({ names, services, networks, volumes, holder }) =>
    consistent({
      services: Object.fromEntries(names.map((name, index) => [name, services[index] ?? blank])),
      networks,
      volumes,
      renamed: {},
      port: holder === undefined ? undefined : names[holder],
      imageRevision: 1,
      serial: 2,
    }),
  );

const numbers = { service: fc.noBias(fc.nat(11)), other: fc.noBias(fc.nat(11)) };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("edit" as const), edit: fc.constantFrom(...EDITS), ...numbers }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("drift" as const),
      drift: fc.constantFrom(...DRIFTS),
      ...numbers,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("trial" as const),
      trial: fc.constantFrom(...TRIALS),
      ...numbers,
    }),
  },
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
