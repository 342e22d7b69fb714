/** Published ports. */

import { isLoopback } from "../network/ip-address";
import type { PortFacts } from "./subject";

/** Reachable from other machines. */
export function isPublic({ address }: PortFacts): boolean {
  return !isLoopback(address);
}

/** `0.0.0.0:8080/tcp`. */
export function showPort({ address, host, protocol }: PortFacts): string {
  const port = host === undefined ? "a free port" : String(host);
  return `${address === "" ? "0.0.0.0" : address}:${port}/${protocol}`;
}
