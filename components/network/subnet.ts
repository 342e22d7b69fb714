/** Address ranges of a network, IPv4. */

import { text } from "../core/schema";
import { ipv4Address, ipv4Number, ipv4Text } from "./ip-address";
import type { Fault } from "../core/text/message";

/** Addresses of a network. Without them Docker picks a free range. */
export interface Subnet {
  /** Range in CIDR form, such as `"10.20.0.0/24"`. @defaultValue picked by Docker */
  readonly subnet?: string;
  /** The host's address in the subnet. @defaultValue the first address, of `ipRange` if given */
  readonly gateway?: string;
  /** The part of the subnet from which containers get their addresses. @defaultValue the whole subnet */
  readonly ipRange?: string;
}

interface Block {
  readonly first: number;
  readonly size: number;
}

export const subnetShape = {
  subnet: text(
    'a range from /8 to /30 that starts at its first address, such as "10.20.0.0/24"',
    (value) => blockOf(value) !== undefined,
  ).optional(),
  gateway: ipv4Address.optional(),
  ipRange: text(
    'a range from /8 to /30 that starts at its first address, such as "10.20.0.128/25"',
    (value) => blockOf(value) !== undefined,
  ).optional(),
};

export function subnetFaults(
  { subnet, gateway, ipRange }: Subnet,
  others: readonly { readonly name: string; readonly subnet?: string | undefined }[],
): Fault[] {
  const faults: Fault[] = [];
  const block = blockOf(subnet ?? "");
  if (block === undefined) {
    if (gateway !== undefined) faults.push({ path: "gateway", text: "needs a subnet to lie in; add subnet" });
    if (ipRange !== undefined) faults.push({ path: "ipRange", text: "needs a subnet to lie in; add subnet" });
    return faults;
  }
  if (subnet !== undefined && gateway !== undefined && !isUsable(gateway, subnet))
    faults.push({ path: "gateway", text: `must be a usable address of ${subnet}, got "${gateway}"` });
  const range = blockOf(ipRange ?? "");
  if (
    range !== undefined &&
    !(range.first >= block.first && range.first + range.size <= block.first + block.size)
  ) {
    faults.push({ path: "ipRange", text: `must lie within ${String(subnet)}, got "${String(ipRange)}"` });
  }
  for (const other of others) {
    if (overlap(other.subnet ?? "", String(subnet))) {
      faults.push({
        path: "subnet",
        text: `must not overlap ${String(other.subnet)} of network "${other.name}", got "${String(subnet)}"`,
      });
    }
  }
  return faults;
}

/**
 * The same with the gateway that Docker picks: the first address of the range. Since Engine 29 an inspection shows it, and one that is
 * not declared would be a difference.
 */
export function withGateway(given: Subnet): Subnet {
  const { subnet, gateway, ipRange = subnet } = given;
  const block = blockOf(subnet ?? "");
  const range = blockOf(ipRange ?? "");
  if (gateway !== undefined || block === undefined || range === undefined) return given;
  // The first address of the subnet names the network.
  return { ...given, gateway: ipv4Text(Math.max(range.first, block.first + 1)) };
}

export function subnetInputs({ subnet, gateway, ipRange }: Subnet) {
  if (subnet === undefined) return {};
  return {
    ipamConfigs: [
      { subnet, ...(gateway !== undefined && { gateway }), ...(ipRange !== undefined && { ipRange }) },
    ],
  };
}

/** True for an address of the range, except the first (network) and the last (broadcast). */
export function isUsable(address: string, subnet: string): boolean {
  const at = ipv4Number(address);
  const block = blockOf(subnet);
  return at !== undefined && block !== undefined && at > block.first && at < block.first + block.size - 1;
}

/** True if two IPv4 ranges overlap; false for other text. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [blockOf(one), blockOf(other)];
  return a !== undefined && b !== undefined && a.first < b.first + b.size && b.first < a.first + a.size;
}

function blockOf(value: string): Block | undefined {
  const [address = "", bits = ""] = value.split("/");
  const first = ipv4Number(address);
  if (first === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) < 8 || Number(bits) > 30)
    return undefined;
  const size = 2 ** (32 - Number(bits));
  return first % size === 0 ? { first, size } : undefined;
}
