/** The deployment whose edits are announced: as many independent cells as the settings have. */

import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import {
  BridgeNetwork,
  Container,
  type ContainerArgs,
  Image,
  Job,
  type Mount,
  type PortMapping,
  Volume,
} from "../../../../components";
import { SETTINGS } from "../../../faults/program/settings";
import { type Cell, containerName, PUBLIC_FROM } from "../cell";
import { LISTENS, type Settings } from "./settings";

const { cells, contexts } = JSON.parse(process.env[SETTINGS] ?? "{}") as Settings;

const server = `use IO::Socket::INET; $SIG{TERM} = $SIG{INT} = sub { exit 0 };
my $s = IO::Socket::INET->new(LocalPort => ${String(LISTENS)}, Listen => 64, ReuseAddr => 1) or die $!;
while (1) { my $c = $s->accept or next; close $c }`;

/** On it alone the client polls; no edit touches it. */
const probe = new BridgeNetwork("probe");

cells.forEach(declare);

function declare(cell: Cell, index: number): void {
  const { name, replicas } = cell;
  const image = new Image(`${name}-image`, { build: { context: join(contexts, name) } });
  const network = cell.network && networkOf(cell, cell.network, index);
  const volume =
    cell.volume &&
    new Volume(`${name}-data`, {
      whenDestroyed: cell.volume.whenDestroyed,
      protect: false,
      labels: { note: String(cell.volume.label) },
      driverOptions:
        cell.volume.option === 1 ? undefined : { type: "none", device: String(cell.volume.option) },
    });
  const { word, name: fixed, ...args } = cell.args;
  const mounts: Mount[] = [
    ...(volume === undefined || cell.mount === "none"
      ? []
      : [{ volume, path: "/data", readOnly: cell.mount === "read-only" }]),
    ...(seesHost(args) ? [{ bind: "/etc/ssl", path: "/host" }] : []),
    ...(cell.tmpfs ? [{ tmpfs: true as const, path: "/scratch" }] : []),
  ];
  for (let replica = 1; replica <= replicas; replica++) {
    const former = cell.aliased && replica === 1 ? { ...cell, renamed: cell.renamed - 1 } : undefined;
    const options = former === undefined ? {} : { aliases: [{ name: containerName(former, 1) }] };
    const made = {
      image,
      service: name,
      replica,
      command: ["perl", "-e", server, ...(typeof word === "string" ? [word] : [])],
      networks: [probe, ...(network !== undefined && cell.joins ? [network] : [])],
      ports: cell.portAt === "main" ? portsOf(cell, index) : [],
      mounts,
      // Nothing can be written into a root file system that is read-only.
      ...(args["readOnlyRoot"] !== true && {
        secrets: { token: pulumi.secret(`value-${String(cell.secret)}`) },
      }),
      healthCheck: "none",
      monitorSeconds: 1,
      stopGraceSeconds: 2,
      ...(fixed === true && { name: `fixed-${name}` }),
      // What is undefined is left out, as a user leaves it out.
      ...(JSON.parse(JSON.stringify(args)) as object),
    } satisfies ContainerArgs;
    new Container(containerName(cell, replica), made, options);
  }
  const beside = {
    image,
    command: ["perl", "-e", server],
    networks: [probe],
    healthCheck: "none",
    monitorSeconds: 1,
    stopGraceSeconds: 2,
  } satisfies ContainerArgs;
  if (cell.side)
    new Container(`${name}-side`, {
      ...beside,
      ports: cell.portAt === "side" ? portsOf(cell, index) : [],
    });
  if (cell.adopted) new Container(`${name}-taken`, { ...beside, adopt: true });
  if (cell.job !== undefined)
    new Job(`${name}-job`, {
      image,
      command: ["sh", "-c", "true", String(cell.job.command)],
      environment: { REVISION: String(cell.job.environment) },
      memoryMiB: cell.job.memoryMiB,
    });
}

/** Whether it takes that risk; undefined members are those that were taken back. */
function seesHost({ unsafe }: Cell["args"]): boolean {
  return (unsafe as Readonly<Record<string, unknown>> | undefined)?.["hostPaths"] !== undefined;
}

function networkOf({ name }: Cell, network: NonNullable<Cell["network"]>, index: number): BridgeNetwork {
  const { internal, subnet, label, mtu } = network;
  return new BridgeNetwork(`${name}-net`, {
    internal,
    ...(subnet !== undefined && { subnet: `10.${String(150 + index)}.${String(subnet)}.0/24` }),
    labels: { note: String(label) },
    options: { "com.docker.network.driver.mtu": String(mtu) },
  });
}

function portsOf({ port }: Cell, index: number): PortMapping[] {
  switch (port) {
    case "none":
      return [];
    case "free":
      return [{ container: LISTENS }];
    case "fixed":
    case "public":
      return [
        {
          container: LISTENS,
          host: PUBLIC_FROM + index,
          ...(port === "public" && { expose: "public" as const }),
        },
      ];
  }
}
