/** IP addresses, as Docker parses them. */

import { z } from "zod";
import { text } from "../core/schema";

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

export function isIPv4(value: string): boolean {
  return ipv4.safeParse(value).success;
}

export const ipv4Address = text("an IPv4 address", isIPv4);

/** Without a zone (`%eth0`), which Docker does not accept. */
export const ipAddress = text(
  "an IPv4 or IPv6 address",
  (value) => isIPv4(value) || (ipv6.safeParse(value).success && !value.includes("%")),
);

/** An IPv4 address as a number; undefined for other text. */
export function ipv4Number(value: string): number | undefined {
  return isIPv4(value) ? value.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}

export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

/** Whether it is a loopback address. */
export function isLoopback(value: string): boolean {
  return /^(::ffff:)?127\./i.test(value) || /^(0*:)+0*1$/.test(value);
}

/** Whether it means every address of the machine; for Docker, no address means the same. */
export function isWildcard(value: string): boolean {
  return ["", "0.0.0.0", "::"].includes(value);
}

/** The schema for the address of an extra host: an IP address, or the container's host. */
export const hostAddress = text(
  'an IPv4 address or "host-gateway"',
  (value) => value === "host-gateway" || isIPv4(value),
);
