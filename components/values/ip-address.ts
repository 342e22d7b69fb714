/** Addresses of the internet protocol, as Docker reads them. */

import { isIPv4, isIPv6 } from "node:net";
import { text } from "../internal/guard";

export const ipv4Address = text("an IPv4 address", isIPv4);

/** Without a zone (`%eth0`), which Docker does not take. */
export const ipAddress = text(
  "an IPv4 or IPv6 address",
  (value) => isIPv4(value) || (isIPv6(value) && !value.includes("%")),
);

/** An IPv4 address as a number; undefined for other text. */
export function ipv4Number(value: string): number | undefined {
  return isIPv4(value) ? value.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}
