/** The container of a gateway. It does not depend on the routes, because they change while it is running. */

import { createHash } from "node:crypto";

import type { ContainerArgs } from "../container/args";
import type { GatewayArgs, GatewayListener } from "./args";
import { firstConfig } from "./config";
import { askCommand, DATA, HEALTH, HTTP_PORT, HTTPS_PORT, runCommand } from "./image";
import type { ImageSource } from "../image/source";
import type { VolumeReference } from "../container/mounts/mount";
import type { PortMapping } from "../container/ports/port";

export function gatewayContainer(
  args: GatewayArgs,
  image: ImageSource,
  data: VolumeReference,
): ContainerArgs {
  const { http = {}, https } = args;
  const { router, front } = firstConfig();
  const first = { router: JSON.stringify(router), front: JSON.stringify(front) };
  // A configuration from another image is not reused.
  const make = createHash("sha256").update(JSON.stringify(first)).digest("hex").slice(0, 8);
  return {
    image,
    entrypoint: ["sh"],
    command: runCommand(first),
    environment: { XDG_CONFIG_HOME: `${DATA}/${make}`, XDG_DATA_HOME: DATA },
    ports: [port(HTTP_PORT, http), ...(https === undefined ? [] : [port(HTTPS_PORT, https)])],
    mounts: [
      { volume: data, path: DATA },
      { tmpfs: true, path: "/tmp", sizeMiB: 16 },
    ],
    networks: args.networks,
    readOnlyRoot: true,
    // The binary of Caddy's own image has a file capability, and does not start without it.
    ...(args.image !== undefined && { capabilities: ["NET_BIND_SERVICE"] }),
    healthCheck: args.healthCheck ?? {
      command: askCommand(HEALTH, "/"),
      intervalSeconds: 2,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 20,
    },
    restart: args.restart ?? "always",
    stopGraceSeconds: 30,
    ...(args.cpus !== undefined && { cpus: args.cpus }),
    ...(args.memoryMiB !== undefined && { memoryMiB: args.memoryMiB }),
    ...(args.labels && { labels: args.labels }),
    ...(args.logging && { logging: args.logging }),
    ...(args.host && { host: args.host }),
    ...(args.adopt !== undefined && { adopt: args.adopt }),
  };
}

function port(container: number, { host, expose, address }: GatewayListener): PortMapping {
  return {
    container,
    ...(host !== undefined && { host }),
    ...(expose !== undefined && { expose }),
    ...(address !== undefined && { address }),
  };
}
