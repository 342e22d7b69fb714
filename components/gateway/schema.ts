/** The schema of a gateway's arguments, and their cross-field faults. */

import { z } from "zod";
import {
  flag,
  judge,
  listOf,
  mustBe,
  oneOf,
  reference,
  seconds,
  strict,
  text,
  wholeNumber,
} from "../core/schema";
import { type Fault, formatPath } from "../core/text/message";
import { attachmentsOf, type NetworkReference } from "../container/attachment";
import { containerShape } from "../container/arguments/shape";
import { hostReference } from "../host/args";
import type { GatewayArgs, GatewayRoute, Upstream, UpstreamGroup } from "./args";
import { ipAddress } from "../network/ip-address";

const hostPattern = text(
  'a host name in lower case such as "example.com" or "*.example.com"',
  (value) =>
    /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(value) &&
    value.length <= 253,
);

const routePath = text(
  'a path that begins with "/" and does not end with one, of letters, digits and . _ ~ - /, such as "/api"',
  (value) => value === "/" || /^(\/[A-Za-z0-9._~-]+)+$/.test(value),
);

const requestPath = text('a path that begins with "/", such as "/readyz"', (value) =>
  /^\/[^\s{}]*$/.test(value),
);

const upstream = reference<Upstream>("readyId", "a Container");

const isGroup = (value: unknown): value is UpstreamGroup =>
  typeof value === "object" && value !== null && "containers" in value && Array.isArray(value.containers);

const target = z.custom<GatewayRoute["to"]>().superRefine((value: unknown, context) => {
  if (isGroup(value)) return;
  if (!Array.isArray(value)) {
    if (!upstream.safeParse(value).success)
      context.addIssue({
        code: "custom",
        message: mustBe("a WebService, a SwarmService, a Container, or a list of the last two", value),
      });
    return;
  }
  judge(listOf(upstream).min(1, "must not be empty; name at least one target"), value, context);
});

const route: z.ZodType<GatewayRoute> = strict({
  hosts: listOf(hostPattern).min(1, "must not be empty; leave it out for every host").optional(),
  path: routePath.optional(),
  to: target,
  port: wholeNumber(1, 65535).optional(),
  stripPrefix: flag.optional(),
  healthPath: requestPath.optional(),
  balance: oneOf(["least-connections", "round-robin"]).optional(),
});

const listenerShape = {
  host: wholeNumber(1, 65535).optional(),
  expose: oneOf(["loopback", "public"]).optional(),
  address: ipAddress.optional(),
};

const listener = { what: "an object such as { host: 8080 }" };
const email = text('an address such as "ops@example.com"', (value) => /^[^\s@{}]+@[^\s@{}]+$/.test(value));

export const gatewaySchema: z.ZodType<GatewayArgs> = strict(
  {
    routes: listOf(route).min(1, "must not be empty; a gateway without a route answers 404 to everything"),
    networks: containerShape.networks.unwrap(),
    http: strict(listenerShape, listener).optional(),
    https: strict(
      { ...listenerShape, issuer: oneOf(["acme", "internal"]).optional(), email: email.optional() },
      listener,
    ).optional(),
    drainSeconds: seconds().optional(),
    retrySeconds: seconds().optional(),
    accessLog: flag.optional(),
    image: containerShape.image.optional(),
    host: hostReference.optional(),
    adopt: flag.optional(),
    cpus: containerShape.cpus,
    healthCheck: containerShape.healthCheck,
    labels: containerShape.labels,
    logging: containerShape.logging,
    memoryMiB: containerShape.memoryMiB,
    restart: containerShape.restart,
  },
  {
    instead: {
      listen: "http or https",
      ports: "http or https: { host: 8080 }",
      tls: "https",
      upstreams: "routes[].to",
    },
  },
);

/** Faults across several arguments. */
export function gatewayFaults(args: GatewayArgs): Fault[] {
  return [
    ...args.routes.flatMap((each, index) => routeFaults(args, each, index)),
    ...duplicateFaults(args.routes),
    ...acmeFaults(args),
  ];
}

function routeFaults(args: GatewayArgs, each: GatewayRoute, index: number): Fault[] {
  const at = (member: string): string => formatPath(["routes", index, member]);
  const faults: Fault[] = [];
  if (portOf(each) === undefined)
    faults.push({ path: at("port"), text: "is required: the port that the container listens on" });
  if (each.stripPrefix === true && (each.path ?? "/") === "/")
    faults.push({
      path: at("stripPrefix"),
      text: 'needs a path to strip, got "/"; omit it',
    });
  if (args.https !== undefined && each.hosts === undefined)
    faults.push({
      path: at("hosts"),
      text: 'is required with https: the names to get certificates for, such as ["example.com"]',
    });
  if (args.https !== undefined && (args.https.issuer ?? "acme") === "acme") {
    const wildcard = each.hosts?.find((host) => host.startsWith("*."));
    if (wildcard !== undefined)
      faults.push({
        path: at("hosts"),
        text: `must be single names with https, got "${wildcard}": a wildcard certificate requires control of the DNS zone; list the names`,
      });
  }
  const mine = attachmentsOf(args.networks).map(({ network }) => network);
  upstreamsOf(each.to).forEach((one, position) => {
    if (one.networks === undefined || sharesOne(mine, one.networks)) return;
    const path = Array.isArray(each.to) ? formatPath(["routes", index, "to", position]) : at("to");
    faults.push({
      path,
      text: "must be on a network of the gateway, got a container on none of them; add its network to networks",
    });
  });
  return faults;
}

const sharesOne = (mine: readonly NetworkReference[], theirs: readonly NetworkReference[]): boolean =>
  theirs.some((network) => mine.includes(network));

/** Two routes must not match the same requests equally. */
function duplicateFaults(routes: readonly GatewayRoute[]): Fault[] {
  const seen = new Map<string, number>();
  return routes.flatMap(({ hosts = [""], path = "/" }, index) =>
    hosts.flatMap((host): Fault[] => {
      // Caddy compares paths case-insensitively.
      const key = `${host}${path.toLowerCase()}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
        return [];
      }
      return [
        {
          path: formatPath(["routes", index]),
          text: `must not overlap another route, got ${host === "" ? "every host" : `"${host}"`} with path "${path}" as routes[${String(first)}] has; list both targets in one "to", or change one route`,
        },
      ];
    }),
  );
}

/** A public CA only connects to ports 80 and 443. */
function acmeFaults({ http, https }: GatewayArgs): Fault[] {
  if (https === undefined || https.issuer === "internal") return [];
  const wanted = [
    { path: "http", given: http, port: 80 },
    { path: "https", given: https, port: 443 },
  ] as const;
  return wanted.flatMap(({ path, given, port }) =>
    given?.host === port && given.expose === "public"
      ? []
      : [
          {
            path,
            text: `must be public port ${String(port)} for a certificate of a public authority; write ${path}: { host: ${String(port)}, expose: "public" }, or issuer: "internal" for a name that is not public`,
          },
        ],
  );
}

export function upstreamsOf(to: GatewayRoute["to"]): readonly Upstream[] {
  if (isGroup(to)) return to.containers;
  return Array.isArray(to) ? (to as readonly Upstream[]) : [to as Upstream];
}

export function portOf({ port, to }: GatewayRoute): number | undefined {
  return port ?? (isGroup(to) ? to.port : undefined);
}
