/** Translates provider inputs into argument names: `envs.LOG_LEVEL` is `environment.LOG_LEVEL`. */

import { fieldEchoes, fieldNames, named, specNames } from "../container/arguments/names";
import { swarmSpecNames } from "../swarm/service/spec-names";
import { types } from "./plan";

type Names = Readonly<Record<string, readonly (readonly [path: string, argument: string])[]>>;

const names: Names = {
  [types.container]: [...fieldNames, ["#initerror", "the last start"]],
  [types.image]: [["triggers", "build"]],
  [types.network]: [["ipamConfigs", "subnet"]],
  [types.spec]: [...specNames, ...swarmSpecNames],
  [types.volume]: [["driverOpts", "driverOptions"]],
};

/** The names of list members. */
const members: Readonly<Record<string, string>> = {
  external: "host",
  hostPath: "bind",
  internal: "container",
  ip: "address",
  volumeName: "volume",
};

/** Fields that duplicate another field. */
const echoes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [types.container]: fieldEchoes,
  [types.image]: { name: "triggers" },
};

export function fieldWord(path: string, type: string): string {
  // The address pool is a list with a single item.
  const range = type === types.network ? /^ipamConfigs\[\d+\]\.(.+)$/.exec(path)?.[1] : undefined;
  const word = range ?? named(names[type] ?? [], path);
  return word.replace(
    /(\]\.)(\w+)$/,
    (_, before: string, member: string) => `${before}${members[member] ?? member}`,
  );
}

/** Only the name of the argument, for the diagram. */
export function argumentWord(path: string, type: string): string {
  const [top = path] = /^\w+(\["(com\.docker\.compose|io\.dockwright)\.[^"]+"\])?/.exec(path) ?? [];
  return named(names[type] ?? [], top);
}

/** The changes without duplicates of other changes. */
export function withoutEchoes<C extends { readonly path: string }>(changes: readonly C[], type: string): C[] {
  return changes.filter(({ path }) => {
    const leader = echoes[type]?.[path];
    return leader === undefined || !changes.some((each) => (/^\w+/.exec(each.path)?.[0] ?? "") === leader);
  });
}
