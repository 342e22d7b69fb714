import * as pulumi from "@pulumi/pulumi";

import { hostOf } from "../host/args";
import { hostFor } from "../host/lifecycle";
import type { GatewayArgs, GatewayRoute } from "./args";
import { planSettings, upstreamAddress } from "./config";
import { gatewayContainer } from "./container";
import { gatewayFaults, gatewaySchema, portOf, upstreamsOf } from "./schema";
import { gatewayDockerfile, HTTP_PORT, HTTPS_PORT } from "./image";
import { Container } from "../container/container";
import { Image } from "../image/image";
import { Volume } from "../volume/volume";
import { type DeclaredRoute, GatewayRoutes } from "./lifecycle";
import { hostPort } from "../container/ports/port";
import { deploymentOf } from "../deployment/deployment";

import { checkArgs } from "../core/check-args";
import { tokens } from "../core/tokens";

/**
 * A reverse proxy (Caddy) in front of the services of a host; it routes requests by host name and path.
 *
 * Children: `<name>` -> `Container`; `<name>-gateway` -> `Volume` (the last routes, certificates) and, without an `image`,
 * `Image`; `<name>-routes` -> `GatewayRoutes`, which has no child.
 *
 * A service that is replaced start-first loses no requests: when the new container is ready, the gateway switches traffic to
 * it and drains the in-flight requests of the old one before that is stopped. A change of routes is a reload. A change of
 * the gateway's ports, networks, image or limits replaces the gateway with a gap of about a second.
 *
 * It listens on 127.0.0.1 unless `expose: "public"` is set. WebSockets are supported; a reload closes them.
 *
 * @throws pulumi.ResourceError naming every invalid argument; during an `up`, why routes could not be loaded.
 * @example
 * ```ts
 * const web = new Gateway("web", {
 *   networks: [front],
 *   http: { host: 8080 },
 *   routes: [
 *     { path: "/api", to: api, stripPrefix: true, healthPath: "/readyz" },
 *     { to: page, port: 8080 },
 *   ],
 * });
 * export const url = web.url;
 * ```
 */
export class Gateway extends pulumi.ComponentResource {
  readonly containerId: pulumi.Output<string>;
  /** The name on the host, for `docker logs`. */
  readonly containerName: pulumi.Output<string>;
  /** Its addresses: `{ "8080/tcp": "127.0.0.1:8080" }`, with 8080 for HTTP and 8443 for HTTPS. */
  readonly endpoints: pulumi.Output<Record<string, string>>;
  /** The HTTP URL, such as `http://127.0.0.1:8080`. */
  readonly url: pulumi.Output<string>;
  /** The HTTPS URL, such as `https://127.0.0.1:443`; undefined without `https`. */
  readonly httpsUrl: pulumi.Output<string> | undefined;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.gateway, name, {}, opts);
    const checked = checkArgs(this, "gateway", name, gatewaySchema, args, gatewayFaults);
    const own = `${name}-gateway`;
    const parent = { parent: this };
    const on = checked.host === undefined ? {} : { host: checked.host };

    const image =
      checked.image ?? new Image(own, { build: { dockerfile: gatewayDockerfile() }, ...on }, parent);
    const data = new Volume(
      own,
      // Routes are reloaded; a CA issues only a limited number of certificates per week.
      {
        ...(checked.https === undefined
          ? ({ whenDestroyed: "lose-data" } as const)
          : ({ whenDestroyed: "keep-data", protect: false } as const)),
        ...(checked.adopt !== undefined && { adopt: checked.adopt }),
        ...on,
      },
      parent,
    );
    const container = new Container(name, gatewayContainer(checked, image, data), parent);
    const { containerId, containerName, endpoints } = container;
    const run = deploymentOf(this, hostOf(hostFor(this, checked.host)));
    new GatewayRoutes(
      `${name}-routes`,
      { name, containerId, containerName, run },
      { ...planSettings(checked), routes: checked.routes.map(declared) },
      parent,
    );

    this.containerId = containerId;
    this.containerName = containerName;
    this.endpoints = endpoints;
    this.url = container.url(HTTP_PORT);
    this.httpsUrl = checked.https === undefined ? undefined : container.url(HTTPS_PORT, "https");
    this.registerOutputs({ containerId, containerName, endpoints, url: this.url });
  }
}

/** A route has ready upstreams, which are unknown in a preview. */
function declared(route: GatewayRoute): DeclaredRoute {
  const { hosts = [], path = "/", stripPrefix = false, balance = "least-connections", healthPath } = route;
  const port = portOf(route) ?? 0;
  return {
    hosts,
    path,
    to: upstreamsOf(route.to).map(({ readyId, readyHost }) =>
      readyHost === undefined
        ? readyId.apply((id) => upstreamAddress(id, port))
        : readyHost.apply((name) => hostPort(name, port)),
    ),
    stripPrefix,
    balance,
    ...(healthPath !== undefined && { healthPath }),
  };
}
