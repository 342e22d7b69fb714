/** Published ports. */

import type { PortFacts } from "./subject";

/** Reachable from other machines. */
export function isPublic({ address }: PortFacts): boolean {
  return !(address.startsWith("127.") || address === "::1");
}

const isEverywhere = (address: string): boolean => ["", "0.0.0.0", "::"].includes(address);

/** Would Docker refuse one of the two? */
export function collide(one: PortFacts, other: PortFacts): boolean {
  return (
    one.host !== undefined &&
    one.host === other.host &&
    one.protocol === other.protocol &&
    (one.address === other.address || isEverywhere(one.address) || isEverywhere(other.address))
  );
}

/** `0.0.0.0:8080/tcp`. */
export function showPort({ address, host, protocol }: PortFacts): string {
  const port = host === undefined ? "a free port" : String(host);
  return `${address === "" ? "0.0.0.0" : address}:${port}/${protocol}`;
}
