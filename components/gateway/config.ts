/** The Caddy configuration of a gateway, from routes with known upstreams. */

import type { GatewayArgs, GatewayRoute } from "./args";
import { HEALTH, HTTP_PORT, HTTPS_PORT, type Part, parts, ROUTER_SOCKET } from "./image";

/** A route whose upstreams have addresses, as a preview shows it. */
export interface RoutePlan {
  readonly hosts: readonly string[];
  readonly path: string;
  /** Addresses such as `3f2a91c0b7de:8000`. */
  readonly to: readonly string[];
  readonly stripPrefix: boolean;
  readonly balance: NonNullable<GatewayRoute["balance"]>;
  readonly healthPath?: string;
}

/** Everything that determines the configuration; a change is a reload. */
export interface GatewayPlan {
  readonly routes: readonly RoutePlan[];
  readonly drainSeconds: number;
  readonly retrySeconds: number;
  readonly accessLog: boolean;
  readonly https?: { readonly issuer: "acme" | "internal"; readonly email?: string };
}

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The first characters of a container's id, which Docker's DNS server resolves on every user-defined network: unlike a
 * name, it is never assigned to another container.
 */
export function upstreamAddress(containerId: string, port: number): string {
  return `${containerId.slice(0, 12)}:${String(port)}`;
}

/** Whether a host is such an id of one container, not a name that several can share. */
export function isContainerHost(host: string): boolean {
  return /^[0-9a-f]{12}$/.test(host);
}

/** The arguments other than the routes. */
export function planSettings(args: GatewayArgs): Omit<GatewayPlan, "routes"> {
  const { https } = args;
  return {
    drainSeconds: args.drainSeconds ?? 10,
    retrySeconds: args.retrySeconds ?? 5,
    accessLog: args.accessLog ?? false,
    ...(https && {
      https: { issuer: https.issuer ?? "acme", ...(https.email !== undefined && { email: https.email }) },
    }),
  };
}

/** The configuration of the two processes. */
export type GatewayConfig = Readonly<Record<Part, Json>>;

/** The configuration at the start of the gateway's container, without routes: every request gets status 503. */
export function firstConfig(): GatewayConfig {
  const plan = { routes: [], drainSeconds: 10, retrySeconds: 5, accessLog: false };
  return {
    router: routerConfig(plan, answer(503, "the gateway has no routes yet")),
    front: frontConfig(plan),
  };
}

export function gatewayConfig(plan: GatewayPlan): GatewayConfig {
  return { router: routerConfig(plan, answer(404, "no matching route")), front: frontConfig(plan) };
}

/**
 * The front has the client connections and the certificates, and forwards everything to the router. Only host names and
 * certificates change it.
 */
function frontConfig({ routes, accessLog, https }: GatewayPlan): Json {
  const names = [...new Set(routes.flatMap(({ hosts }) => hosts))].sort();
  const proxy = {
    handler: "reverse_proxy",
    upstreams: [{ dial: `unix/${ROUTER_SOCKET}` }],
    // One connection per request: no idle connection can be closed while a request is being sent.
    transport: { protocol: "http", keep_alive: { enabled: false } },
    load_balancing: { try_duration: "10000ms", try_interval: "50ms" },
    flush_interval: -1,
    headers: { request: { delete: ["X-Forwarded-Prefix"] }, response: { delete: ["Server"] } },
  };
  return {
    admin: admin("front"),
    logging: logs(accessLog),
    apps: {
      http: {
        http_port: HTTP_PORT,
        https_port: HTTPS_PORT,
        grace_period: "25s",
        servers: {
          front: {
            listen: [`:${String(https === undefined ? HTTP_PORT : HTTPS_PORT)}`],
            routes:
              https === undefined
                ? [{ handle: [proxy] }]
                : [{ match: [{ host: names }], handle: [proxy] }, answer(404, "no matching route")],
            errors,
            ...(https === undefined && { automatic_https: { disable: true } }),
            ...(accessLog && { logs: {} }),
          },
        },
      },
      ...(https && {
        tls: { automation: { policies: [{ issuers: [issuer(https)] }] } },
        // The container has no trust store to write to.
        pki: { certificate_authorities: { local: { install_trust: false } } },
      }),
    },
  };
}

function routerConfig(plan: GatewayPlan, otherwise: Json): Json {
  return {
    admin: admin("router"),
    logging: logs(false),
    apps: {
      http: {
        // Zero would mean forever.
        grace_period: duration(Math.max(plan.drainSeconds, 0.001)),
        servers: {
          router: {
            listen: [`unix/${ROUTER_SOCKET}`],
            routes: [
              ...[...plan.routes].sort(moreSpecificFirst).map((route) => routeOf(route, plan)),
              otherwise,
            ],
            errors,
            automatic_https: { disable: true },
          },
          // For the container's own health check; not reachable from outside.
          health: {
            listen: [HEALTH],
            routes: [{ handle: [{ handler: "static_response", status_code: 200, body: "ok\n" }] }],
            automatic_https: { disable: true },
          },
        },
      },
    },
  };
}

/** dockwright stores the configuration for the next start. */
function admin(part: Part): Json {
  return { listen: parts[part], config: { persist: false } };
}

function logs(access: boolean): Json {
  const requests = ["http.log.access"];
  return {
    logs: {
      default: { level: "ERROR", ...(access && { exclude: requests }) },
      ...(access && {
        access: {
          level: "INFO",
          include: requests,
          writer: { output: "stdout" },
          encoder: { format: "json" },
        },
      }),
    },
  };
}

const errors = {
  routes: [text("{http.error.status_code}", "{http.error.status_code} {http.error.status_text}")],
};

function issuer({ issuer: module, email }: NonNullable<GatewayPlan["https"]>): Json {
  return { module, ...(module === "acme" && email !== undefined && { email }) };
}

/** A route without hosts comes after those with one, a wildcard after a full name, a short path after a longer one. */
function moreSpecificFirst(a: RoutePlan, b: RoutePlan): number {
  const rank = ({ hosts }: RoutePlan): number =>
    hosts.length === 0 ? 2 : hosts.some((host) => host.startsWith("*.")) ? 1 : 0;
  return rank(a) - rank(b) || b.path.length - a.path.length || (a.path < b.path ? -1 : 1);
}

/** The client address and protocol from the front; for the router, the front is the client. */
const asked = Object.fromEntries(
  ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"].map((name) => [
    name,
    [`{http.request.header.${name}}`],
  ]),
);

function routeOf({ hosts, path, to, stripPrefix, balance, healthPath }: RoutePlan, plan: GatewayPlan): Json {
  const matched = {
    ...(hosts.length > 0 && { host: hosts }),
    ...(path !== "/" && { path: [path, `${path}/*`] }),
  };
  return {
    ...(Object.keys(matched).length > 0 && { match: [matched] }),
    handle: [
      ...(stripPrefix ? [{ handler: "rewrite", strip_path_prefix: path }] : []),
      {
        handler: "reverse_proxy",
        upstreams: to.map((dial) => ({ dial })),
        load_balancing: {
          selection_policy: { policy: balance === "round-robin" ? "round_robin" : "least_conn" },
          // A GET is also retried if the connection was lost; other requests only if no connection was established.
          try_duration: duration(plan.retrySeconds),
          try_interval: "100ms",
        },
        transport: {
          protocol: "http",
          dial_timeout: "2s",
          // Shorter than the idle timeout of any server, so that no request uses a connection that is being closed.
          keep_alive: { idle_timeout: "1s" },
        },
        headers: { request: { set: { ...asked, ...(stripPrefix && { "X-Forwarded-Prefix": [path] }) } } },
        ...healthChecks(to.length, healthPath),
      },
    ],
    terminal: true,
  };
}

function healthChecks(upstreams: number, uri: string | undefined): { readonly health_checks?: Json } {
  const checks = {
    ...(uri !== undefined && { active: { uri, interval: "2s", timeout: "2s" } }),
    // Without another upstream it is better to retry.
    ...(upstreams > 1 && { passive: { fail_duration: "2s", max_fails: 1 } }),
  };
  return Object.keys(checks).length > 0 ? { health_checks: checks } : {};
}

function answer(status: number, words: string): Json {
  return text(status, `${String(status)} ${words}`);
}

function text(status: number | string, body: string): Json {
  const headers = { "Content-Type": ["text/plain; charset=utf-8"] };
  return { handle: [{ handler: "static_response", status_code: status, headers, body: `${body}\n` }] };
}

function duration(seconds: number): string {
  return `${String(Math.round(seconds * 1000))}ms`;
}

/** The upstream addresses of a configuration. */
export function upstreamsIn(configuration: unknown): string[] {
  if (Array.isArray(configuration)) return configuration.flatMap(upstreamsIn);
  if (typeof configuration !== "object" || configuration === null) return [];
  return Object.entries(configuration).flatMap(([key, value]) =>
    key === "dial" && typeof value === "string" ? [value] : upstreamsIn(value),
  );
}
