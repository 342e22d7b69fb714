/** Published ports: the mapping from host addresses and ports to container ports. */

import { z } from "zod";
import type { Fault } from "../../core/text/message";
import { mustBe, oneOf, strict, withoutQuotes } from "../../core/schema";
import { ipAddress, isLoopback, isWildcard } from "../../network/ip-address";

/** A port, or a range of ports written as `"8000-8005"` (both ends included). */
export type PortOrRange = number | `${number}-${number}`;

/**
 * One published port, or one range of them.
 *
 * Changing a port mapping replaces the container.
 * Source: Docker reference, "docker container run --publish".
 */
export interface PortMapping {
  /** The port inside the container, 1 to 65535, or a range such as `"8000-8005"`. */
  readonly container: PortOrRange;
  /** The port on the host, 1 to 65535, or a range as long as `container`. @defaultValue a free port that Docker picks at each start */
  readonly host?: PortOrRange;
  /** @defaultValue `"tcp"` */
  readonly protocol?: "tcp" | "udp" | "sctp";
  /**
   * Who can connect: `"loopback"` only this host, `"public"` everyone who can reach the host (Docker opens the firewall).
   * @defaultValue `"loopback"`
   */
  readonly expose?: "loopback" | "public";
  /** The host's address to listen on. @defaultValue `127.0.0.1`, or `0.0.0.0` with `expose: "public"` */
  readonly address?: string;
}

/** A single published port, with every default filled in. */
export interface Binding {
  readonly address: string;
  readonly container: number;
  readonly host: number | undefined;
  readonly protocol: "tcp" | "udp" | "sctp";
}

export const portOrRange = z.custom<PortOrRange>((value) => rangeOf(value) !== undefined, {
  error: (issue) =>
    `${mustBe('a whole number from 1 to 65535 or a range such as "8000-8005"', issue.input)}${withoutQuotes(issue.input)}`,
});

export const portMapping: z.ZodType<PortMapping> = strict(
  {
    container: portOrRange,
    host: portOrRange.optional(),
    protocol: oneOf(["tcp", "udp", "sctp"]).optional(),
    expose: oneOf(["loopback", "public"]).optional(),
    address: ipAddress.optional(),
  },
  { what: "an object such as { container: 80, host: 8080 }" },
).superRefine((port, context) => {
  judgeSpan(port, context);
  if (port.address !== undefined && !isLoopback(port.address) && port.expose !== "public") {
    context.addIssue({
      code: "custom",
      path: ["address"],
      message: `must be a loopback address, got "${port.address}"; to open it beyond this host add expose: "public"`,
    });
  }
  if (port.address !== undefined && isLoopback(port.address) && port.expose === "public") {
    context.addIssue({
      code: "custom",
      path: ["expose"],
      message: `must be "loopback" for the loopback address "${port.address}", got "public"`,
    });
  }
});

/** Both ranges must have the same length. */
export function judgeSpan(port: Pick<PortMapping, "container" | "host">, context: z.RefinementCtx): void {
  const inside = rangeOf(port.container);
  const outside = rangeOf(port.host);
  if (!inside || !outside || inside[1] - inside[0] === outside[1] - outside[0]) return;
  const want = inside[1] - inside[0] + 1;
  context.addIssue({
    code: "custom",
    path: ["host"],
    message: `must span ${String(want)} ${want === 1 ? "port" : "ports"} as container does, got ${JSON.stringify(port.host)}`,
  });
}

/** Expands ranges and defaults, in the order in which the Engine reports ports (any other order shows as a change). */
export function bindingsOf(ports: readonly PortMapping[]): Binding[] {
  return ports
    .flatMap((port) => {
      const [first, last] = rangeOf(port.container) ?? [0, -1];
      const hostFirst = rangeOf(port.host)?.[0];
      return Array.from({ length: last - first + 1 }, (_, offset): Binding => ({
        address: port.address ?? (port.expose === "public" ? "0.0.0.0" : "127.0.0.1"),
        container: first + offset,
        host: hostFirst === undefined ? undefined : hostFirst + offset,
        protocol: port.protocol ?? "tcp",
      }));
    })
    .sort(
      (a, b) =>
        a.container - b.container || (a.host ?? 0) - (b.host ?? 0) || a.protocol.localeCompare(b.protocol),
    );
}

/**
 * Faults among the ports of one container: the same port published twice makes the provider replace it at every `up`,
 * and Docker serves one port of the host once.
 */
export function portFaults(ports: readonly PortMapping[]): Fault[] {
  const seen: Binding[] = [];
  return ports.flatMap((port, index) => {
    const mine = bindingsOf([port]);
    const faults = mine.flatMap((each): Fault[] => {
      const at = `ports[${String(index)}]`;
      if (
        seen.some(({ container, protocol }) => container === each.container && protocol === each.protocol)
      ) {
        const text = `must be published once, got ${String(each.container)}/${each.protocol} again; put a proxy in front to serve it twice`;
        return [{ path: `${at}.container`, text }];
      }
      return seen.some((other) => clash(other, each))
        ? [{ path: `${at}.host`, text: `must be free, got ${showBinding(each)} again; choose another port` }]
        : [];
    });
    seen.push(...mine);
    return faults;
  });
}

/** True if two bindings conflict on one host. */
export function clash(a: HostBinding, b: HostBinding): boolean {
  return (
    a.host !== undefined && a.host === b.host && a.protocol === b.protocol && overlap(a.address, b.address)
  );
}

/** The part of a binding that it uses exclusively. */
export interface HostBinding {
  readonly address: string;
  readonly host: number | undefined;
  readonly protocol: string;
}

/** Whether a listener on one address also receives connections to the other. */
function overlap(one: string, other: string): boolean {
  return one === other || isWildcard(one) || isWildcard(other);
}

/** `127.0.0.1:8080/tcp`, in Docker's format; without an address Docker listens on all addresses. */
export function showBinding({ address, host, protocol }: HostBinding): string {
  return `${hostPort(address === "" ? "0.0.0.0" : address, host ?? "a free port")}/${protocol}`;
}

/** Reachable from other machines. */
export function isPublic({ address }: Pick<HostBinding, "address">): boolean {
  return !isLoopback(address);
}

/** `address:port`, with IPv6 addresses in brackets. */
export function hostPort(address: string, port: number | string | undefined): string {
  return `${address.includes(":") ? `[${address}]` : address}:${String(port)}`;
}

function rangeOf(value: unknown): readonly [number, number] | undefined {
  const bounds =
    typeof value === "number"
      ? [value, value]
      : typeof value === "string"
        ? /^(\d+)-(\d+)$/.exec(value)?.slice(1).map(Number)
        : undefined;
  const [first, last] = bounds ?? [];
  const valid = (port: number | undefined): port is number =>
    port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65535;
  return valid(first) && valid(last) && first <= last ? [first, last] : undefined;
}
