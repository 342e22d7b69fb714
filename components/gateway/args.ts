/** The arguments of a gateway and of its routes. Their schema is in schema.ts. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment, NetworkReference } from "../container/attachment";
import type { ContainerArgs } from "../container/args";
import type { HostReference } from "../host/args";
import type { ImageSource } from "../image/source";
import type { PortMapping } from "../container/ports/port";

/** A target of requests: a `Container` or a `SwarmService` component. */
export interface Upstream {
  /** Its id, known once it is ready and has stayed healthy. */
  readonly readyId: pulumi.Output<string>;
  /** Its host name, known at the same time. @defaultValue that of a container: its short id */
  readonly readyHost?: pulumi.Output<string>;
  /** The networks it is on, where that is known. */
  readonly networks?: readonly NetworkReference[];
}

/** A group of equal containers, such as a `WebService` component. */
export interface UpstreamGroup {
  readonly containers: readonly Upstream[];
  /** The port that each container listens on. */
  readonly port: number;
}

/** A route of a gateway. Changing it is a reload: no requests fail, and the gateway's container stays. */
export interface GatewayRoute {
  /** Host names such as `"example.com"` or `"*.example.com"`. @defaultValue every host; required with `https` */
  readonly hosts?: readonly string[];
  /** The path and everything below it: `"/api"` matches `/api` and `/api/x`, not `/apix`. The longest path wins. @defaultValue `"/"` */
  readonly path?: string;
  /** The target: a service, a container, or several equal ones. A `SwarmService` must be on an attachable network. */
  readonly to: UpstreamGroup | Upstream | readonly Upstream[];
  /** The port inside the target containers. @defaultValue the port of the service; otherwise required */
  readonly port?: number;
  /** Whether to strip `path` from the request; the service receives it in X-Forwarded-Prefix. @defaultValue `false` */
  readonly stripPrefix?: boolean;
  /**
   * A path for active health checks every 2 s: an upstream that does not answer 2xx gets no requests. @defaultValue no active
   * health check
   */
  readonly healthPath?: string;
  /** The load balancing policy. @defaultValue `"least-connections"` */
  readonly balance?: "least-connections" | "round-robin";
}

/** A listening port on the host. Changing it replaces the gateway's container, with a gap of about a second. */
export type GatewayListener = Pick<PortMapping, "address" | "expose"> & {
  /** The port on the host. @defaultValue a free port that Docker picks at each start */
  readonly host?: number;
};

/** HTTPS with automatically issued and renewed certificates. */
export interface GatewayHttps extends GatewayListener {
  /**
   * The issuer. `"acme"`: Let's Encrypt or ZeroSSL, for names that resolve to this host on the Internet; needs ports 80 and
   * 443, both with `expose: "public"`. `"internal"`: the gateway's own CA, which browsers do not trust.
   * Applied by a reload. @defaultValue `"acme"`
   */
  readonly issuer?: "acme" | "internal";
  /** The contact address for the CA. Applied by a reload. @defaultValue none */
  readonly email?: string;
}

/** Source: Caddy, "JSON config structure" and "reverse_proxy". */
export interface GatewayArgs extends Pick<
  ContainerArgs,
  "cpus" | "healthCheck" | "labels" | "logging" | "memoryMiB" | "restart"
> {
  /** The routes; all other requests are answered with 404. */
  readonly routes: readonly GatewayRoute[];
  /**
   * The networks to connect to: each upstream must be on at least one of them, and one of them must not be internal. Changing it
   * replaces the gateway's container.
   */
  readonly networks: readonly (NetworkReference | NetworkAttachment)[];
  /** HTTP; with `https` it only redirects to HTTPS. @defaultValue a free port of 127.0.0.1 */
  readonly http?: GatewayListener;
  /** HTTPS. @defaultValue none */
  readonly https?: GatewayHttps;
  /**
   * Seconds to drain in-flight requests after a change; removed upstreams get no new requests. Applied by a reload. @defaultValue
   * `10`
   */
  readonly drainSeconds?: number;
  /** Seconds during which a request is retried if an upstream cannot be reached. Applied by a reload. @defaultValue `5` */
  readonly retrySeconds?: number;
  /** Whether to log each request as JSON. Applied by a reload. @defaultValue `false` */
  readonly accessLog?: boolean;
  /**
   * An image with Caddy 2.6 or later, and either wget or bash. Changing it replaces the gateway's container.
   * @defaultValue Debian's package `caddy`, built on `debian:bookworm-slim`
   */
  readonly image?: ImageSource;
  /**
   * Whether to take over a container and volume with the gateway's names that are not managed by this stack, as for a `Container`
   * and a `Volume`.
   * @defaultValue `false`: the run fails before anything is changed. `dockwright up --adopt` sets `true` for everything
   */
  readonly adopt?: boolean;
  /** The Docker host. Changing it creates a new gateway on the new host. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}
