/** What `docker inspect` says of an object, without what two runs of Docker Compose itself would not agree on. Pure. */

import { ordinaryCapabilities } from "../../../components/container/security/capability";

export type Kind = "container" | "network" | "volume";

/** Values by their path, such as `HostConfig.Init`; what is empty is left out. */
export type Essentials = Readonly<Record<string, string>>;

/** Drawn anew for each object: ids, times, process numbers, ports and addresses out of a pool. */
const DRAWN: Readonly<Record<Kind, RegExp>> = {
  container:
    /^(Id|Created|ExecIDs|GraphDriver|(ResolvConf|Hostname|Hosts|Log)Path|State\.(Pid|StartedAt|FinishedAt|Health)|NetworkSettings\.(SandboxID|SandboxKey|Ports|Networks\.[^/]+\/\.(NetworkID|EndpointID|Gateway|IPAddress|IPPrefixLen|MacAddress)))\b/,
  network: /^(Id|Created|Containers)\b/,
  volume: /^CreatedAt\b/,
};

/** Lists whose order means nothing: what tells an item from the others, where it is a text, and where it has parts. */
const TEXTS: Readonly<Record<string, (item: string) => string | undefined>> = {
  Aliases: (item) => item,
  Binds: (item) => item.split(":")[1],
  Env: (item) => item.split("=")[0],
  ExtraHosts: (item) => item,
  GroupAdd: (item) => item,
  SecurityOpt: (item) => item,
};
const PARTS: Readonly<Record<string, readonly string[]>> = {
  Devices: ["PathInContainer"],
  // As Docker shows them, and as they were asked for.
  Mounts: ["Destination", "Target"],
  Ulimits: ["Name"],
};

/** The key of an item, and what stands there. */
function keyed(list: string, item: unknown): [string, unknown] | undefined {
  if (typeof item === "string") {
    const key = TEXTS[list]?.(item);
    return key === undefined ? undefined : [key, key === item ? "there" : item];
  }
  const parts = item as Readonly<Record<string, string>>;
  const key = PARTS[list]?.map((part) => parts[part]).find((each) => each !== undefined);
  return key === undefined ? undefined : [key, item];
}

export function essentialsOf(kind: Kind, inspected: object): Essentials {
  const found: Record<string, string> = {};
  const visit = (path: string, key: string, value: unknown): void => {
    if (value === null || value === "" || DRAWN[kind].test(path)) return;
    const below = (name: string, item: unknown): void => {
      visit(path === "" ? name : `${path}.${name}`, name, item);
    };
    if (Array.isArray(value)) {
      const items = (value as unknown[]).map((item) => keyed(key, item));
      if (items.every((item) => item !== undefined)) for (const [name, item] of items) below(name, item);
      else found[path] = JSON.stringify(value);
    } else if (typeof value === "object") {
      // A name of a network may hold anything but the slash that ends it.
      for (const [name, item] of Object.entries(value)) below(key === "Networks" ? `${name}/` : name, item);
    } else found[path] = typeof value === "string" ? value : JSON.stringify(value);
  };
  visit("", "", withEffectiveCapabilities(withoutOwnId(inspected)));
  return withoutPool(kind, found);
}

/** The container's id is its host name and one of its aliases unless something else is said. */
function withoutOwnId(inspected: object): object {
  const { Id: id } = inspected as { Id?: string };
  if (id === undefined) return inspected;
  const text = JSON.stringify(inspected).replaceAll(id, "ID").replaceAll(id.slice(0, 12), "ID");
  return JSON.parse(text) as object;
}

/** What is added and dropped may be written in many ways. */
function withEffectiveCapabilities(inspected: object): object {
  const { HostConfig: config } = inspected as { HostConfig?: Record<string, string[] | null> };
  if (config === undefined) return inspected;
  const { CapAdd: add, CapDrop: drop, ...rest } = config;
  const words = (list: string[] | null | undefined): string[] =>
    (list ?? []).map((each) => each.replace(/^CAP_/, ""));
  const dropped = words(drop);
  const usual = ordinaryCapabilities.filter((each) => !dropped.includes("ALL") && !dropped.includes(each));
  const Capabilities = [...new Set([...usual, ...words(add)])].sort();
  return { ...inspected, HostConfig: { ...rest, Capabilities } };
}

/** A range that Docker took out of its own pools, which are of these two sizes. */
function withoutPool(kind: Kind, found: Record<string, string>): Essentials {
  const { "IPAM.Config": range = "", ...rest } = found;
  return kind === "network" && /\/(16|20)"/.test(range) ? rest : found;
}
