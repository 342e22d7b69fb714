/** Addresses of the internet protocol, as Docker reads them. */

import { z } from "zod";
import { text } from "../internal/guard";

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

export function isIPv4(value: string): boolean {
  return ipv4.safeParse(value).success;
}

export const ipv4Address = text("an IPv4 address", isIPv4);

/** Without a zone (`%eth0`), which Docker does not take. */
export const ipAddress = text(
  "an IPv4 or IPv6 address",
  (value) => isIPv4(value) || (ipv6.safeParse(value).success && !value.includes("%")),
);

/** An IPv4 address as a number; undefined for other text. */
export function ipv4Number(value: string): number | undefined {
  return isIPv4(value) ? value.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}

/** What a name of another host may stand for: an address, or the host that the container is on. */
export const hostAddress = text(
  'an IPv4 address or "host-gateway"',
  (value) => value === "host-gateway" || isIPv4(value),
);
