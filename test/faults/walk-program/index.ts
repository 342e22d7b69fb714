/** Declares a world of the random walk: compiled once, run by the Pulumi CLI as any program is. */

import * as pulumi from "@pulumi/pulumi";

import { BridgeNetwork, Container, type ContainerArgs, Image, Volume } from "../../../components";
import { SETTINGS } from "../program/settings";
import type { Service } from "../walk/world";
import { FIXED_NAME, HOST_PORT, SECRET, SERVICE_PORT, type WalkSettings } from "./settings";

const { world, context } = JSON.parse(process.env[SETTINGS] ?? "{}") as WalkSettings;

const image = new Image("app", { build: { context } });
const networks = new Map(
  world.networks.map((slot) => [slot, new BridgeNetwork(nameOf(slot), {}, formerly(world.renamed[slot]))]),
);
const volumes = new Map(
  world.volumes.map((slot) => [
    slot,
    new Volume(nameOf(slot), { protect: false }, formerly(world.renamed[slot])),
  ]),
);

/** Answers each connection with its revision. */
const serve = `
  use IO::Socket::INET;
  $SIG{TERM} = sub { exit 0 };
  my $server = IO::Socket::INET->new(LocalPort => ${SERVICE_PORT}, Listen => 9, ReuseAddr => 1) or die;
  while (1) { my $caller = $server->accept or next; print $caller "$ENV{REVISION}\\n"; close $caller }`;

for (const [name, service] of Object.entries(world.services))
  new Container(name, argumentsOf(name, service), formerly(service));

function argumentsOf(name: string, service: Service): ContainerArgs {
  const volume = service.volume === undefined ? undefined : volumes.get(service.volume);
  return {
    image,
    command: service.broken === "exits" ? ["sh", "-c", "sleep 0.2; exit 3"] : ["perl", "-e", serve],
    environment: { REVISION: String(service.revision) },
    secrets: { token: pulumi.secret(SECRET) },
    ...(service.networks.length > 0 && {
      networks: service.networks.flatMap((each) => networks.get(each) ?? []),
    }),
    mounts: volume === undefined ? [] : [{ volume, path: "/data" }],
    ...(world.port === name && { ports: [{ container: SERVICE_PORT, host: HOST_PORT }] }),
    ...(world.fixedName === name && { name: FIXED_NAME }),
    ...healthOf(service),
    update: service.order,
    stopGraceSeconds: 2,
    monitorSeconds: 0.5,
  };
}

function healthOf({ healthCheck, broken }: Service): Pick<ContainerArgs, "healthCheck"> {
  if (broken === "unhealthy")
    return {
      healthCheck: { command: "false", intervalSeconds: 0.5, retries: 2, startPeriodSeconds: 0 },
    };
  return {
    healthCheck: healthCheck ? { command: "true", intervalSeconds: 0.5, startPeriodSeconds: 5 } : "none",
  };
}

function nameOf(slot: string): string {
  return world.renamed[slot]?.name ?? slot;
}

function formerly(
  what: { readonly formerly?: string | undefined } | undefined,
): pulumi.ComponentResourceOptions {
  return what?.formerly === undefined ? {} : { aliases: [{ name: what.formerly }] };
}
