/** The arguments whose texts are passed on unchanged: they can be secrets, or expressions in a converted program. */

import type { Origin, Origins } from "../source/origins";
import type { Path } from "../source/node";
import type { Kind } from "./words";

type Table = Readonly<Record<Kind, Readonly<Record<string, string>>>>;

/** The source key of each argument. Names, addresses, ports, paths and numbers are excluded: the plan depends on them. */
const HANDED_ON: Table = {
  service: {
    command: "command",
    entrypoint: "entrypoint",
    "environment.*": "environment.*",
    "healthCheck.command": "healthcheck.test",
    "labels.*": "labels.*",
    "logging.options.*": "logging.options.*",
    user: "user",
  },
  swarm: {
    command: "command",
    entrypoint: "entrypoint",
    "environment.*": "environment.*",
    "healthCheck.command": "healthcheck.test",
    "labels.*": "deploy.labels.*",
    "logging.options.*": "logging.options.*",
    user: "user",
  },
  image: { "build.args.*": "args.*", "build.labels.*": "labels.*" },
  network: { "labels.*": "labels.*", "options.*": "driver_opts.*" },
  volume: { "driverOptions.*": "driver_opts.*", "labels.*": "labels.*" },
};

/** Texts that must be known when the program runs: they name things, or a plan depends on them. */
export const KNOWN: Table = {
  service: {
    cpuSet: "cpuset",
    domainName: "domainname",
    hostname: "hostname",
    name: "container_name",
    stopSignal: "stop_signal",
    "sysctls.*": "sysctls.*",
    workingDirectory: "working_dir",
  },
  swarm: {},
  image: { "build.args.*": "args.*", "build.labels.*": "labels.*", "build.target": "target" },
  network: { name: "name" },
  volume: { name: "name" },
};

export type Replace = (text: string, origin: Origin) => unknown;

/** The arguments at a path of the files, with each text that contains a variable replaced. */
export function traced<T extends object>(
  kind: Kind,
  args: T,
  at: Path,
  origins: Origins,
  replace: Replace,
  table = HANDED_ON,
): T {
  return Object.entries(table[kind]).reduce<T>((result, [argument, key]) => {
    const change = (leaf: unknown, stars: readonly string[]): unknown => {
      const left = [...stars];
      const path = [...at, ...key.split(".").map((step) => (step === "*" ? (left.shift() ?? "") : step))];
      if (typeof leaf === "string") return replaced(leaf, origins.of(path, leaf), replace);
      if (!Array.isArray(leaf)) return leaf;
      const from = origins.ofWords(path, leaf as string[]);
      return leaf.map((word: string, index) => replaced(word, from[index], replace));
    };
    return within(result, argument.split("."), [], change) as T;
  }, args);
}

/** True where such a text is a secret. */
export function holdsSecret(kind: Kind, args: object, at: Path, origins: Origins): boolean {
  return secretsIn(kind, args, at, origins).length > 0;
}

/** Such texts that are secrets. */
export function secretsIn(kind: Kind, args: object, at: Path, origins: Origins): string[] {
  const found: string[] = [];
  traced(kind, args, at, origins, (text, { isSecret }) => {
    if (isSecret) found.push(text);
    return text;
  });
  return found;
}

function replaced(text: string, origin: Origin | undefined, replace: Replace): unknown {
  return origin === undefined ? text : replace(text, origin);
}

function within(
  value: unknown,
  [step, ...rest]: readonly string[],
  stars: readonly string[],
  change: (leaf: unknown, stars: readonly string[]) => unknown,
): unknown {
  if (step === undefined) return change(value, stars);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => {
      if (step === "*") return [key, within(member, rest, [...stars, key], change)];
      return [key, key === step ? within(member, rest, stars, change) : member];
    }),
  );
}
