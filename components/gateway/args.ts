/** The arguments of a gateway and of its routes. Their guard is in schema.ts. */

import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment, NetworkReference } from "../container/attachment";
import type { ContainerArgs } from "../container/args";
import type { HostReference } from "../host/args";
import type { ImageSource } from "../image/source";
import type { PortMapping } from "../container/ports/port";

/** Who requests are led to; a `Container` component is one, and so is a `SwarmService`. */
export interface Upstream {
  /** Its id, known once it is ready and has lasted. */
  readonly readyId: pulumi.Output<string>;
  /** The host name that it answers to, known as late. @defaultValue that of a container: its short id */
  readonly readyHost?: pulumi.Output<string>;
  /** The networks it is on, where that is known. */
  readonly networks?: readonly NetworkReference[];
}

/** Containers that serve the same; a `WebService` component is one. */
export interface UpstreamGroup {
  readonly containers: readonly Upstream[];
  /** The port that each of them listens on. */
  readonly port: number;
}

/** Which requests go where. Changing anything here is a reload: no request fails, and the gateway's container stays. */
export interface GatewayRoute {
  /** Host names such as `"example.com"` or `"*.example.com"`. @defaultValue every host; required with `https` */
  readonly hosts?: readonly string[];
  /** The path and all below it: `"/api"` leads `/api` and `/api/x`, not `/apix`. The longest path wins. @defaultValue `"/"` */
  readonly path?: string;
  /** Who answers: a service, a container, or several that serve the same. A `SwarmService` must be on an attachable network. */
  readonly to: UpstreamGroup | Upstream | readonly Upstream[];
  /** The port that they listen on inside of their containers. @defaultValue that of the service; else required */
  readonly port?: number;
  /** Whether `path` is taken off before the request goes on; the service finds it in X-Forwarded-Prefix. @defaultValue `false` */
  readonly stripPrefix?: boolean;
  /** A path that answers 2xx where the upstream works, asked every 2 s; who fails gets nothing meanwhile. @defaultValue none is asked */
  readonly healthPath?: string;
  /** Who is next. @defaultValue `"least-connections"` */
  readonly balance?: "least-connections" | "round-robin";
}

/** Where the gateway listens on the host. Changing it replaces the gateway's container, with a gap of about a second. */
export type GatewayListener = Pick<PortMapping, "address" | "expose"> & {
  /** The port on the host. @defaultValue a free port that Docker picks at each start */
  readonly host?: number;
};

/** HTTPS with certificates that are made and renewed by themselves. */
export interface GatewayHttps extends GatewayListener {
  /**
   * Who signs. `"acme"`: Let's Encrypt or ZeroSSL, for names that lead to this host from the Internet; needs ports 80 and
   * 443, both with `expose: "public"`. `"internal"`: an authority of the gateway's own, which browsers do not trust.
   * Changed by a reload. @defaultValue `"acme"`
   */
  readonly issuer?: "acme" | "internal";
  /** Whom the authority may write to. Changed by a reload. @defaultValue nobody */
  readonly email?: string;
}

/** Source: Caddy, "JSON config structure" and "reverse_proxy". */
export interface GatewayArgs extends Pick<
  ContainerArgs,
  "cpus" | "healthCheck" | "labels" | "logging" | "memoryMiB" | "restart"
> {
  /** Which requests go where; every other is answered with 404. */
  readonly routes: readonly GatewayRoute[];
  /** The networks to be on, each upstream on at least one of them, and one of them not internal. Changing it replaces the gateway's container. */
  readonly networks: readonly (NetworkReference | NetworkAttachment)[];
  /** Plain HTTP; with `https` it only leads there. @defaultValue a free port of 127.0.0.1 */
  readonly http?: GatewayListener;
  /** HTTPS. @defaultValue none */
  readonly https?: GatewayHttps;
  /** Seconds in which requests under way may end after a change, and no new one goes to who left. Changed by a reload. @defaultValue `10` */
  readonly drainSeconds?: number;
  /** Seconds in which another upstream, or the same, is tried where one cannot be reached. Changed by a reload. @defaultValue `5` */
  readonly retrySeconds?: number;
  /** Whether each request is written to the log, as JSON. Changed by a reload. @defaultValue `false` */
  readonly accessLog?: boolean;
  /**
   * An image with Caddy 2.6 or later, and either wget or bash. Changing it replaces the gateway's container.
   * @defaultValue Debian's package `caddy`, built on `debian:bookworm-slim`
   */
  readonly image?: ImageSource;
  /**
   * Whether to take over what this stack did not create under the names of the gateway's container and volume, as of a `Container` and a
   * `Volume`.
   * @defaultValue `false`: the run is refused before anything is touched. `dockwright up --adopt` says `true` for everything
   */
  readonly adopt?: boolean;
  /** The Docker host. Moving it makes a new gateway there. @defaultValue the host of DOCKER_HOST, or the local socket */
  readonly host?: HostReference;
}
