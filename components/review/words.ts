/** The provider's words in those of a program: `envs.LOG_LEVEL` is `environment.LOG_LEVEL`. */

import { types } from "./plan";

const container: Readonly<Record<string, string>> = {
  destroyGraceSeconds: "stopGraceSeconds",
  dnsSearches: "dnsSearch",
  entrypoints: "entrypoint",
  envs: "environment",
  healthcheck: "healthCheck",
  hosts: "extraHosts",
  logDriver: "logging.driver",
  logOpts: "logging.options",
  memory: "memoryMiB",
  networksAdvanced: "networks",
  privileged: "unsafe.privileged",
  readOnly: "readOnlyRoot",
  securityOpts: "securityOptions",
  stopTimeout: "stopGraceSeconds",
  uploads: "files or secrets",
  volumes: "mounts",
  workingDir: "workingDirectory",
  "#initerror": "the last start",
};

const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [types.container]: container,
  [types.image]: { triggers: "build" },
  [types.volume]: { driverOpts: "driverOptions" },
};

/** What stands in their lists. */
const members: Readonly<Record<string, string>> = {
  external: "host",
  hostPath: "bind",
  internal: "container",
  ip: "address",
  volumeName: "volume",
};

/** Fields that say what another field says already. */
const echoes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [types.container]: { memorySwap: "memory", destroyGraceSeconds: "stopTimeout" },
  [types.image]: { name: "triggers" },
};

export function fieldWord(path: string, type: string): string {
  const [, top = path, rest = ""] = /^([^.[]+)(.*)$/.exec(path) ?? [];
  const word = others[type]?.[top] ?? top;
  // An IP address range stands in a list of one.
  if (type === types.network && top === "ipamConfigs") return rest.replace(/^\[\d+\]\.?/, "") || "subnet";
  const member = /^(\[.*\]\.)(\w+)$/.exec(rest);
  return member === null
    ? `${word}${rest}`
    : `${word}${member[1] ?? ""}${members[member[2] ?? ""] ?? member[2] ?? ""}`;
}

/** The changes without those that only echo another one. */
export function withoutEchoes<C extends { readonly path: string }>(changes: readonly C[], type: string): C[] {
  return changes.filter(({ path }) => {
    const leader = echoes[type]?.[path];
    return leader === undefined || !changes.some((each) => each.path.startsWith(leader));
  });
}
