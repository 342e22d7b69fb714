/** What Caddy is told, and which arguments of a gateway are refused. */

import * as pulumi from "@pulumi/pulumi";

import type { GatewayArgs, GatewayRoute, Upstream } from "../../components/gateway/args";
import {
  firstConfig,
  gatewayConfig,
  isContainerHost,
  type GatewayPlan,
  type RoutePlan,
  upstreamAddress,
  upstreamsIn,
} from "../../components/gateway/config";
import { gatewayFaults, gatewaySchema, portOf, upstreamsOf } from "../../components/gateway/schema";
import { gatewayDockerfile, isConnected, loadCommand, lookedUp } from "../../components/gateway/image";
import type { NetworkReference } from "../../components/container/attachment";

const network = (): NetworkReference => ({
  networkId: pulumi.output("id"),
  networkName: pulumi.output("front"),
  internal: false,
});
const shared = network();
const container = (...networks: NetworkReference[]): Upstream => ({
  readyId: pulumi.output("id"),
  ...(networks.length > 0 && { networks }),
});
const api = container(shared);
const args = (given: Partial<GatewayArgs>): GatewayArgs => ({
  networks: [shared],
  routes: [{ to: api, port: 80 }],
  ...given,
});

const plan = (...routes: Partial<RoutePlan>[]): GatewayPlan => ({
  routes: routes.map((each) => ({
    hosts: [],
    path: "/",
    to: ["3f2a91c0b7de:8000"],
    stripPrefix: false,
    balance: "least-connections",
    ...each,
  })),
  drainSeconds: 10,
  retrySeconds: 5,
  accessLog: false,
});

interface Route {
  readonly match?: readonly Record<string, unknown>[];
  readonly handle: readonly Record<string, unknown>[];
  readonly terminal?: boolean;
}
interface Server {
  readonly listen: readonly string[];
  readonly routes: readonly Route[];
  readonly automatic_https?: unknown;
}
interface Config {
  readonly admin: unknown;
  readonly logging: unknown;
  readonly apps: {
    readonly http: { readonly grace_period: string; readonly servers: Record<string, Server> };
    readonly tls?: unknown;
    readonly pki?: unknown;
  };
}

const router = (given: GatewayPlan): Config => gatewayConfig(given).router as unknown as Config;
const front = (given: GatewayPlan): Config => gatewayConfig(given).front as unknown as Config;
const served = (given: GatewayPlan): readonly Route[] =>
  // The last one is the 404.
  router(given).apps.http.servers.router?.routes.slice(0, -1) ?? [];

test("the order of routes is by how much they say, not by where they stand", () => {
  const routes = served(
    plan(
      {},
      { path: "/api" },
      { hosts: ["*.example.com"] },
      { path: "/api/v2" },
      { hosts: ["example.com"], path: "/a" },
      { hosts: ["example.com"] },
    ),
  );
  expect(routes.map(({ match }) => match?.[0])).toEqual([
    { host: ["example.com"], path: ["/a", "/a/*"] },
    { host: ["example.com"] },
    { host: ["*.example.com"] },
    { path: ["/api/v2", "/api/v2/*"] },
    { path: ["/api", "/api/*"] },
    undefined,
  ]);
});

test("a route uses all its upstreams, and retries if one is unreachable", () => {
  const [route] = served(
    plan({ path: "/api", to: ["a:1", "b:1"], stripPrefix: true, healthPath: "/up", balance: "round-robin" }),
  );
  expect(route).toEqual({
    match: [{ path: ["/api", "/api/*"] }],
    terminal: true,
    handle: [
      { handler: "rewrite", strip_path_prefix: "/api" },
      {
        handler: "reverse_proxy",
        upstreams: [{ dial: "a:1" }, { dial: "b:1" }],
        load_balancing: {
          selection_policy: { policy: "round_robin" },
          try_duration: "5000ms",
          try_interval: "100ms",
        },
        transport: { protocol: "http", dial_timeout: "2s", keep_alive: { idle_timeout: "1s" } },
        headers: {
          request: {
            set: {
              "X-Forwarded-For": ["{http.request.header.X-Forwarded-For}"],
              "X-Forwarded-Host": ["{http.request.header.X-Forwarded-Host}"],
              "X-Forwarded-Proto": ["{http.request.header.X-Forwarded-Proto}"],
              "X-Forwarded-Prefix": ["/api"],
            },
          },
        },
        health_checks: {
          active: { uri: "/up", interval: "2s", timeout: "2s" },
          passive: { fail_duration: "2s", max_fails: 1 },
        },
      },
    ],
  });
});

test("a single upstream is never taken for dead by one failure", () => {
  expect(served(plan({}))[0]?.handle[0]).not.toHaveProperty("health_checks");
});

test("the admin endpoints listen only on the container's own loopback", () => {
  for (const config of [firstConfig(), gatewayConfig(plan({}))]) {
    const routing = config.router as unknown as Config;
    const facing = config.front as unknown as Config;
    expect(routing.admin).toEqual({ listen: "127.0.0.1:2018", config: { persist: false } });
    expect(facing.admin).toEqual({ listen: "127.0.0.1:2019", config: { persist: false } });
    expect(routing.apps.http.servers.health?.listen).toEqual(["127.0.0.1:2020"]);
    expect(routing.apps.http.servers.router?.listen).toEqual(["unix//tmp/router.sock"]);
    expect(facing.apps.http.servers.front?.listen).toEqual([":8080"]);
    expect(facing.apps.http.servers.front?.automatic_https).toEqual({ disable: true });
  }
});

test("the front, which has the clients, does not change with the routes", () => {
  const other = plan({ path: "/api", to: ["b:2"], stripPrefix: true }, {});
  expect(front({ ...other, drainSeconds: 3, retrySeconds: 1 })).toEqual(front(plan({})));
  expect(firstConfig().front).toEqual(front(plan({})));
});

test("the front keeps no connection to the router, and hands on what it found out of the client", () => {
  expect(front(plan({})).apps.http.servers.front?.routes).toMatchObject([
    {
      handle: [
        {
          handler: "reverse_proxy",
          upstreams: [{ dial: "unix//tmp/router.sock" }],
          transport: { keep_alive: { enabled: false } },
          headers: { request: { delete: ["X-Forwarded-Prefix"] } },
        },
      ],
    },
  ]);
});

test("all is answered: 404 without a route, 503 before there are any", () => {
  const last = ({ apps }: Config): unknown => apps.http.servers.router?.routes.at(-1)?.handle[0];
  expect(last(router(plan({})))).toMatchObject({ status_code: 404, body: "404 no matching route\n" });
  expect(last(firstConfig().router as unknown as Config)).toMatchObject({ status_code: 503 });
});

test.each([
  ["acme", { issuer: "acme", email: "ops@example.com" }, { module: "acme", email: "ops@example.com" }],
  ["acme without an address", { issuer: "acme" }, { module: "acme" }],
  ["an authority of its own", { issuer: "internal" }, { module: "internal" }],
] as const)("https by %s", (_, https, issuer) => {
  const given = {
    ...plan({ hosts: ["b.example", "a.example"] }, { hosts: ["a.example"], path: "/x" }),
    https,
  };
  const { http, tls, pki } = front(given).apps;
  expect(tls).toEqual({ automation: { policies: [{ issuers: [issuer] }] } });
  expect(pki).toEqual({ certificate_authorities: { local: { install_trust: false } } });
  expect(http.servers.front?.listen).toEqual([":8443"]);
  expect(http.servers.front).not.toHaveProperty("automatic_https");
  expect(http.servers.front?.routes[0]?.match).toEqual([{ host: ["a.example", "b.example"] }]);
});

test("a drain of no seconds is not one without end", () => {
  expect(router({ ...plan({}), drainSeconds: 0 }).apps.http.grace_period).toBe("1ms");
});

test("the access log is written only where it is asked for", () => {
  const logged = (accessLog: boolean): Config => front({ ...plan({}), accessLog });
  expect(JSON.stringify(logged(false))).not.toContain("http.log.access");
  expect(logged(true).logging).toMatchObject({
    logs: { access: { include: ["http.log.access"], encoder: { format: "json" } } },
  });
  expect(logged(true).apps.http.servers.front).toHaveProperty("logs");
});

test("an upstream is the short id and its port, and is found in a configuration again", () => {
  expect(upstreamAddress("3f2a91c0b7deffff0000", 8000)).toBe("3f2a91c0b7de:8000");
  expect(
    upstreamsIn(gatewayConfig(plan({ to: ["a:1", "b:2"] }, { path: "/x", to: ["a:1"] })).router),
  ).toEqual(["a:1", "a:1", "b:2"]);
});

test("a configuration of any length fits into the arguments of a command", () => {
  const long = `${"x".repeat(250_000)}\n`;
  const pieces = loadCommand("router", long).slice(4);
  expect(pieces.join("")).toBe(long);
  expect(Math.max(...pieces.map((each) => each.length))).toBeLessThan(131_072);
});

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0100007F:07E3 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999
   1: 040014AC:9C40 020014AC:1F40 01 00000000:00000000 02:00000000 00000000   999
   2: 040014AC:9C42 030014AC:1F40 06 00000000:00000000 02:00000000 00000000   999
   0: 0000000000000000FFFF0000040014AC:1F90 0000000000000000FFFF0000010014AC:D2F0 01 00000000:00000000
   1: 0000000000000000FFFF0000040014AC:20FB 0000000000000000FFFF0000090014AC:D2F1 01 00000000:00000000
   2: 0000000000000000FFFF0000040014AC:1F90 0000000000000000FFFF0000010014AC:D2F2 06 00000000:00000000
`;

test("open connections to an upstream are distinguished from closed ones and from those to others", () => {
  expect(isConnected(table, "172.20.0.2")).toBe(true);
  expect(isConnected(table, "172.20.0.3")).toBe(false);
  expect(isConnected(table, "172.20.0.12")).toBe(false);
});

test("who shares a name is looked up, each address once", () => {
  const answer = "10.0.1.5  STREAM tasks.web\n10.0.1.5  DGRAM  \n10.0.1.5  RAW    \n10.0.1.17 STREAM \n";
  expect(lookedUp(answer)).toEqual(["10.0.1.5", "10.0.1.17"]);
  expect(lookedUp("")).toEqual([]);
  const [container = ""] = upstreamAddress("3f2a91c0b7de0123", 80).split(":");
  expect([container, "tasks.shop-dev-web"].map(isContainerHost)).toEqual([true, false]);
});

test("its image is built without a registry of images, and is not root", () => {
  expect(gatewayDockerfile().toString()).toMatch(/^FROM debian:bookworm-slim\n[^]*USER caddy\n*$/);
});

const refused = (given: unknown): string[] => {
  const result = gatewaySchema.safeParse(given);
  const faults = result.success
    ? gatewayFaults(result.data).map(({ path, text }) => `${path}: ${text}`)
    : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return faults;
};

test("what is right passes", () => {
  const group = { containers: [api], port: 8000 };
  const routes: GatewayRoute[] = [
    { to: group },
    { path: "/api", to: [api, container(shared)], port: 80, stripPrefix: true, healthPath: "/up?x=1" },
    { hosts: ["*.example.com", "localhost"], to: container(), port: 1 },
  ];
  expect(refused(args({ routes }))).toEqual([]);
  expect(portOf({ to: group })).toBe(8000);
  expect(portOf({ to: group, port: 9 })).toBe(9);
  expect(upstreamsOf(group)).toEqual([api]);
});

test.each<[string, unknown, string[]]>([
  [
    "no routes",
    args({ routes: [] }),
    ["routes: must not be empty; a gateway without a route answers 404 to everything"],
  ],
  [
    "ports",
    { ...args({}), ports: [] },
    [': "ports" is not a known key; write http or https: { host: 8080 }'],
  ],
  [
    "a path without a slash",
    args({ routes: [{ path: "api", to: api, port: 80 }] }),
    [
      'routes.0.path: must be a path that begins with "/" and does not end with one, of letters, digits and . _ ~ - /, such as "/api", got "api"',
    ],
  ],
  [
    "a placeholder of Caddy",
    args({ routes: [{ to: api, port: 80, healthPath: "/{env.SECRET}" }] }),
    ['routes.0.healthPath: must be a path that begins with "/", such as "/readyz", got "/{env.SECRET}"'],
  ],
  [
    "a name instead of a container",
    { ...args({}), routes: [{ to: "api", port: 80 }] },
    ['routes.0.to: must be a WebService, a SwarmService, a Container, or a list of the last two, got "api"'],
  ],
  [
    "nobody to lead to",
    args({ routes: [{ to: [], port: 80 }] }),
    ["routes.0.to: must not be empty; name at least one target"],
  ],
  [
    "no port, and a prefix that cannot be taken off",
    args({ routes: [{ to: api, stripPrefix: true }] }),
    [
      "routes[0].port: is required: the port that the container listens on",
      'routes[0].stripPrefix: needs a path to strip, got "/"; omit it',
    ],
  ],
  [
    "the same twice",
    args({
      routes: [
        { path: "/api", to: api, port: 80 },
        { path: "/API", to: api, port: 81 },
        { hosts: ["a.example"], to: api, port: 80 },
        { hosts: ["b.example", "a.example"], to: api, port: 80 },
      ],
    }),
    [
      'routes[1]: must not overlap another route, got every host with path "/API" as routes[0] has; list both targets in one "to", or change one route',
      'routes[3]: must not overlap another route, got "a.example" with path "/" as routes[2] has; list both targets in one "to", or change one route',
    ],
  ],
  [
    "no common network",
    args({ routes: [{ to: [api, container(network())], port: 80 }] }),
    [
      "routes[0].to[1]: must be on a network of the gateway, got a container on none of them; add its network to networks",
    ],
  ],
  [
    "https that no authority can see",
    args({
      https: {},
      routes: [
        { to: api, port: 80 },
        { hosts: ["*.example.com"], to: api, port: 80 },
      ],
    }),
    [
      'routes[0].hosts: is required with https: the names to get certificates for, such as ["example.com"]',
      'routes[1].hosts: must be single names with https, got "*.example.com": a wildcard certificate requires control of the DNS zone; list the names',
      'http: must be public port 80 for a certificate of a public authority; write http: { host: 80, expose: "public" }, or issuer: "internal" for a name that is not public',
      'https: must be public port 443 for a certificate of a public authority; write https: { host: 443, expose: "public" }, or issuer: "internal" for a name that is not public',
    ],
  ],
])("refuses %s", (_, given, faults) => {
  expect(refused(given)).toEqual(faults);
});

test("https with both ports public, or with an authority of its own", () => {
  const routes = [{ hosts: ["example.com"], to: api, port: 80 }];
  const open = { expose: "public" } as const;
  expect(refused(args({ routes, http: { host: 80, ...open }, https: { host: 443, ...open } }))).toEqual([]);
  expect(refused(args({ routes, https: { issuer: "internal" } }))).toEqual([]);
});
