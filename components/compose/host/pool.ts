import type { Subnet } from "../../network/subnet";
import type { Network } from "../model/parts";
import type { Finding } from "./finding";

/** The address pool of a network: the provider supports one pool, with Docker's default driver. */
export function poolArgs({ ipam }: Network, fault: Finding): Subnet {
  const { driver: pools = "default" } = ipam;
  if (pools !== "default")
    fault(
      ["ipam", "driver"],
      `must be "default", got ${JSON.stringify(pools)}; create the network manually and write external: true`,
    );
  const [pool, ...more] = ipam.config ?? [];
  if (more.length > 0) fault(["ipam", "config"], "must have one address pool at most");
  return {
    ...(pool?.subnet !== undefined && { subnet: pool.subnet }),
    ...(pool?.gateway !== undefined && { gateway: pool.gateway }),
    ...(pool?.ip_range !== undefined && { ipRange: pool.ip_range }),
  };
}
