/** Addresses of the internet protocol, as Docker reads them. */

import { z } from "zod";
import { text } from "../core/schema";

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

export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

/** Whether only this machine reaches it. */
export function isLoopback(value: string): boolean {
  return /^(::ffff:)?127\./i.test(value) || /^(0*:)+0*1$/.test(value);
}

/** Whether it stands for every address of the machine; Docker takes no address for that too. */
export function isWildcard(value: string): boolean {
  return ["", "0.0.0.0", "::"].includes(value);
}

/** What a name of another host may stand for: an address, or the host that the container is on. */
export const hostAddress = text(
  'an IPv4 address or "host-gateway"',
  (value) => value === "host-gateway" || isIPv4(value),
);
