/** Every kind of edit of a cell: each argument of each component, and the coming and going of each. Pure. */

import { type Cell, consistent, type Hand, type PlainArgs } from "./cell";

export type Edit = (cell: Cell, number: number) => Cell;

const args =
  (change: (args: PlainArgs, number: number) => PlainArgs): Edit =>
  (cell, number) => ({ ...cell, args: { ...cell.args, ...change(cell.args, number) } });
const set = (key: string, value: (number: number) => unknown): Edit =>
  args((_, number) => ({ [key]: value(number) }));
/** One value after the other, undefined being the first. */
const turn = (key: string, ...values: readonly unknown[]): Edit =>
  args((before) => {
    const all = [undefined, ...values].map((value) => JSON.stringify(value));
    const next = [undefined, ...values][(all.indexOf(JSON.stringify(before[key])) + 1) % all.length];
    return { [key]: next };
  });
/** Takes a risk on purpose, with the arguments that need it, or takes both back. */
const unsafe = (key: string, more: PlainArgs = {}): Edit =>
  args((before) => {
    const risks = (before["unsafe"] ?? {}) as PlainArgs;
    const taken = risks[key] !== undefined;
    return {
      unsafe: { ...risks, [key]: taken ? undefined : "the honesty test tries it" },
      ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, taken ? undefined : value])),
    };
  });

const network =
  (change: (network: NonNullable<Cell["network"]>, number: number) => Partial<Cell["network"]>): Edit =>
  (cell, number) =>
    cell.network === undefined
      ? cell
      : { ...cell, network: { ...cell.network, ...change(cell.network, number) } };
const volume =
  (change: (volume: NonNullable<Cell["volume"]>, number: number) => Partial<Cell["volume"]>): Edit =>
  (cell, number) =>
    cell.volume === undefined
      ? cell
      : { ...cell, volume: { ...cell.volume, ...change(cell.volume, number) } };
const job =
  (change: (number: number) => Partial<Cell["job"]>): Edit =>
  (cell, number) =>
    cell.job === undefined ? cell : { ...cell, job: { ...cell.job, ...change(number) } };
const next = <T>(all: readonly [T, ...T[]], now: T): T => all[(all.indexOf(now) + 1) % all.length] ?? all[0];

export const EDITS = {
  nothing: (cell) => cell,
  "build context": (cell, number) => ({ ...cell, image: number }),
  "ignored file of the context": (cell, number) => ({ ...cell, ignored: number }),
  replicas: (cell) => ({ ...cell, replicas: next([1, 2, 3], cell.replicas) }),
  "container comes or goes": (cell) => ({ ...cell, replicas: cell.replicas === 0 ? 1 : 0 }),
  secret: (cell, number) => ({ ...cell, secret: number }),
  port: (cell) => ({ ...cell, port: next(["none", "fixed", "public", "free"], cell.port) }),
  mount: (cell) => ({ ...cell, mount: next(["none", "read-write", "read-only"], cell.mount) }),
  "port moves to another container": (cell) => ({
    ...cell,
    port: cell.port === "public" ? "public" : "fixed",
    portAt: cell.portAt === "main" || cell.replicas !== 1 ? "side" : "main",
  }),
  "rename with an alias": (cell) => ({ ...cell, renamed: cell.renamed + 1, aliased: true }),
  "rename without an alias": (cell) => ({ ...cell, renamed: cell.renamed + 1, aliased: false }),
  "container removed by hand": (cell) => cell,
  "container stopped by hand": (cell) => cell,
  "volume removed by hand": (cell) => cell,
  "container of somebody else": (cell) => ({ ...cell, adopted: !cell.adopted }),
  unconfined: unsafe("unconfined", { securityOptions: ["seccomp=unconfined"] }),
  "folder of the host": unsafe("hostPaths"),
  tmpfs: (cell) => ({ ...cell, tmpfs: !cell.tmpfs }),
  command: set("word", String),
  entrypoint: turn("entrypoint", ["/usr/bin/env"]),
  environment: set("environment", (number) => ({ REVISION: String(number) })),
  "environment of two": set("environment", (number) => ({ REVISION: "1", OTHER: String(number) })),
  files: set("files", (number) => ({ "/etc/note": { content: String(number) } })),
  labels: set("labels", (number) => ({ note: String(number) })),
  memoryMiB: set("memoryMiB", (number) => 32 + (number % 64)),
  cpus: set("cpus", (number) => (5 + (number % 10)) / 10),
  cpuShares: set("cpuShares", (number) => 100 + (number % 900)),
  shmSizeMiB: set("shmSizeMiB", (number) => 16 + (number % 48)),
  ulimits: set("ulimits", (number) => ({ nofile: { soft: 1024 + (number % 512), hard: 4096 } })),
  sysctls: set("sysctls", (number) => ({ "net.core.somaxconn": String(100 + (number % 400)) })),
  restart: turn("restart", "no", "always", { onFailure: 3 }),
  user: turn("user", "1000", "65534:65534"),
  workingDirectory: turn("workingDirectory", "/tmp", "/var"),
  hostname: set("hostname", (number) => `host-${String(number % 1000)}`),
  extraHosts: set("extraHosts", (number) => ({ other: `10.99.0.${String(1 + (number % 250))}` })),
  dns: turn("dns", ["127.0.0.1"], ["127.0.0.2"]),
  dnsSearch: turn("dnsSearch", ["one.example"], ["two.example"]),
  init: turn("init", false),
  stopSignal: turn("stopSignal", "SIGINT"),
  stopGraceSeconds: turn("stopGraceSeconds", 3, 4),
  logging: turn("logging", { driver: "json-file", options: { "max-size": "1m" } }),
  healthCheck: turn("healthCheck", { command: "true", intervalSeconds: 1, startPeriodSeconds: 5 }),
  update: turn("update", "start-first", "stop-first"),
  monitorSeconds: turn("monitorSeconds", 2),
  drainSeconds: turn("drainSeconds", 1),
  waitTimeoutSeconds: turn("waitTimeoutSeconds", 90),
  name: turn("name", true),
  readOnlyRoot: turn("readOnlyRoot", true),
  capabilities: turn("capabilities", ["NET_BIND_SERVICE"], ["NET_BIND_SERVICE", "CHOWN"]),
  newPrivileges: unsafe("newPrivileges"),
  devices: unsafe("devices", { devices: { "/dev/zero": "/dev/other" } }),
  "join or leave a network": (cell) => ({ ...cell, joins: !cell.joins }),
  "network comes or goes": (cell) => ({
    ...cell,
    network:
      cell.network === undefined ? { internal: false, subnet: undefined, label: 1, mtu: 1500 } : undefined,
  }),
  "network internal": network(({ internal }) => ({ internal: !internal })),
  "network subnet": network((_, number) => ({ subnet: number % 8 })),
  "network labels": network((_, number) => ({ label: number })),
  "network options": network((_, number) => ({ mtu: 1400 + (number % 100) })),
  "volume comes or goes": (cell) => ({
    ...cell,
    volume: cell.volume === undefined ? { whenDestroyed: "keep-data", label: 1, option: 1 } : undefined,
  }),
  "volume whenDestroyed": volume(({ whenDestroyed }) => ({
    whenDestroyed: whenDestroyed === "keep-data" ? "lose-data" : "keep-data",
  })),
  "volume labels": volume((_, number) => ({ label: number })),
  "volume driverOptions": volume((_, number) => ({ option: number })),
  "job comes or goes": (cell) => ({
    ...cell,
    job: cell.job === undefined ? { command: 1, environment: 1, memoryMiB: 32 } : undefined,
  }),
  "job command": job((number) => ({ command: number })),
  "job environment": job((number) => ({ environment: number })),
  "job memoryMiB": job((number) => ({ memoryMiB: 32 + (number % 64) })),
} satisfies Readonly<Record<string, Edit>>;

export type Kind = keyof typeof EDITS;

/** What somebody does by hand for it. */
export function handOf(kind: Kind, after: Cell): Hand | undefined {
  switch (kind) {
    case "container removed by hand":
      return "remove the container";
    case "container stopped by hand":
      return "stop the container";
    case "volume removed by hand":
      return "remove the volume";
    case "container of somebody else":
      return after.adopted ? "start a container" : undefined;
    default:
      return undefined;
  }
}

export const kinds = Object.keys(EDITS) as readonly Kind[];

/** The cell after an edit. */
export function edited(cell: Cell, kind: Kind, number: number): Cell {
  return consistent(EDITS[kind](cell, number));
}
