/** Compose files with every key of the table, built from the table itself: no list of keys, so that a new one is covered too. */

import * as fc from "fast-check";

import type { Key, Mapping } from "../../../components/compose/keys/aspects/key";
import { keys as table } from "../../../components/compose/keys/aspects/table";
import { project } from "../../../components/compose/keys/project";
import { keys, networks, volumes } from "./arbitrary";
import type { Yaml } from "./write";

/** Every key that has no keys below it; what is above them makes a difference where they do. */
export const patterns: readonly string[] = table.flatMap(([pattern, { below = {} }]) =>
  Object.keys(below).length === 0 ? [pattern] : [],
);

/** Values of every kind; the shape of a key tells which of them it takes. */
const POOL: readonly Yaml[] = [
  ...["value", "80", "1m", "10s", "5", "0-1", "host", "private", "all", "service:web", "./key", "./conf"],
  ...["https://example.com/x.git", "10.0.0.5", "10.0.0.0/16", "true", "always", "no", "rebuild", "local"],
  ...["db", "nginx", "/dev/a", "linux/amd64", "global", "overlay", "data", "front", "raw", "V1", "some.env"],
  ...[
    "more.yaml",
    "bind",
    "volume",
    "image",
    "key",
    "pause",
    "continue",
    "rollback",
    "p1",
    "p2",
    "web",
    "service_started",
    "on-failure",
  ],
  ...[1, 7, 600, true, false, 0.5, null],
  ...[["value"], ["web"], ["p2"], ["key"], [80], { A: "b" }],
];

/** Names in the project; the service `off` is in a profile that is off. */
const NAMES = ["own", "front", "web", "data", "key", "off"];

type Map = Record<string, Yaml>;

/** A project whose service `own` has these keys and uses these networks, volumes, secrets and configs. */
function around(service: Map, { services = {}, ...more }: Map = {}): Map {
  const used = (kind: string, as: (name: string) => Yaml): Map =>
    more[kind] === undefined || service[kind] !== undefined
      ? {}
      : { [kind]: Object.keys(more[kind] as Map).map(as) };
  return {
    services: {
      own: {
        image: "nginx",
        ...used("networks", (name) => name),
        ...used("volumes", (name) => `${name}:/${name}`),
        ...used("secrets", (name) => name),
        ...used("configs", (name) => name),
        ...service,
      },
      web: { image: "nginx", environment: { OF: "web" } },
      db: { image: "nginx" },
      off: { image: "nginx", profiles: ["p2"] },
      ...(services as Map),
    },
    networks: { front: null, back: null },
    volumes: { data: null, logs: null, x1: null },
    secrets: { key: { file: "./key" }, conf: { environment: "V1" } },
    configs: { key: { content: "text" }, conf: { file: "conf" } },
    ...more,
  };
}

/** How many projects by chance there are of each key that has a generator. */
const BY_CHANCE = 40;
const SEED = 1;

const known = new Map<string, readonly Map[]>();

/** Projects with values by chance of the key that a pattern begins with. */
function byChance(pattern: string): readonly Map[] {
  const [section = "", , key = ""] = pattern.split(".");
  const name = section === "services" ? key : section;
  const values = {
    ...keys,
    networks: section === "networks" ? networks : keys["networks"],
    volumes: section === "volumes" ? volumes : keys["volumes"],
  }[name];
  const id = `${section}.${name}`;
  const made =
    known.get(id) ??
    (values === undefined ? [] : fc.sample<Yaml>(values, { numRuns: BY_CHANCE, seed: SEED })).map((value) =>
      section === "services" ? around({ [key]: value }) : around({}, { [section]: value }),
    );
  known.set(id, made);
  return made;
}

/** Projects with this key and each value that its shape takes, alone, by chance, and beside one other key. */
export function* projectsWith(pattern: string): Generator<Map> {
  const steps = pattern.split(".");
  yield* systematic(steps, "");
  yield* byChance(pattern);
  for (const beside of siblingsOf(steps)) yield* systematic(steps, beside);
}

function* systematic(steps: readonly string[], beside: string): Generator<Map> {
  for (const leaf of POOL)
    for (const value of nested(project, steps, leaf, beside)) {
      const { services = {}, ...more } = value as Map;
      const { own = {}, ...others } = services as Map;
      yield around(own as Map, { services: others, ...more });
    }
}

/** Keys that only the loader uses: what it makes of them is compared with Docker Compose elsewhere. */
export function isOfLoader(pattern: string): boolean {
  const steps = pattern.split(".");
  return steps.some((_, index) => entries.get(steps.slice(0, index + 1).join("."))?.decode === undefined);
}

const entries = new Map(table);

function siblingsOf(steps: readonly string[]): string[] {
  const above = steps.slice(0, -1).reduce<Key | undefined>((key, step) => key?.below?.[step], project);
  return Object.keys(above?.below ?? {}).filter((each) => each !== steps.at(-1) && each !== "*");
}

function nested(key: Key, [step, ...rest]: readonly string[], leaf: Yaml, beside: string): Yaml[] {
  if (step === undefined) return takes(key, leaf) ? [leaf] : [];
  const next = key.below?.[step];
  if (next === undefined) return [];
  return nested(next, rest, leaf, beside).flatMap((value): Yaml[] => {
    if (step !== "*") {
      const wanted = [...((key as Mapping<unknown>).required ?? []), ...(rest.length === 0 ? [beside] : [])];
      return [{ ...others(key, wanted), [step]: value }];
    }
    const names = key === project.below?.["services"] && rest.length > 0 ? ["own"] : NAMES;
    return [[value], ...names.map((each) => ({ [each]: value }))].filter((each) => takes(key, each));
  });
}

function others({ below = {} }: Key, names: readonly string[]): Map {
  return Object.fromEntries(
    names.flatMap((name) => {
      const key = below[name];
      const value = key && POOL.find((each) => each !== null && takes(key, each));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function takes({ shape }: Key, value: Yaml): boolean {
  let isTaken = true;
  shape(value as never, [], () => {
    isTaken = false;
  });
  return isTaken;
}
