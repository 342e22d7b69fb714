/** The networks of a project. */

import type { Subnet } from "../../values/subnet";
import type { Network } from "../model-parts";
import type { Finding } from "./finding";

export type PlannedNetwork =
  /** Made by somebody else. */
  | { readonly external: string }
  | {
      readonly args: Subnet & {
        readonly name: string;
        readonly internal?: boolean;
        readonly options?: Readonly<Record<string, string>>;
        readonly labels?: Readonly<Record<string, string>>;
      };
    };

export function plannedNetworks(
  networks: Readonly<Record<string, Network>>,
  fault: Finding,
): Record<string, PlannedNetwork> {
  return Object.fromEntries(
    Object.entries(networks).map(([key, network]) => [
      key,
      planned(key, network, (path, text) => fault(["networks", key, ...path], text)),
    ]),
  );
}

function planned(key: string, network: Network, fault: Finding): PlannedNetwork {
  const { name = key, driver = "bridge", driver_opts: options, labels, internal } = network;
  if (network.external === true) return { external: name };
  if (driver !== "bridge" && driver !== "default")
    fault(
      ["driver"],
      `must be "bridge" on a plain Docker host, got ${JSON.stringify(driver)}; make the network by hand and write external: true`,
    );
  const { driver: pools = "default" } = network.ipam;
  if (pools !== "default")
    fault(
      ["ipam", "driver"],
      `must be "default", got ${JSON.stringify(pools)}; make the network by hand and write external: true`,
    );
  const [pool, ...more] = network.ipam.config ?? [];
  if (more.length > 0) fault(["ipam", "config"], "must have one address pool at most");
  return {
    args: {
      name,
      ...(internal === true && { internal }),
      ...(options && Object.keys(options).length > 0 && { options }),
      ...(labels && Object.keys(labels).length > 0 && { labels }),
      ...(pool?.subnet !== undefined && { subnet: pool.subnet }),
      ...(pool?.gateway !== undefined && { gateway: pool.gateway }),
      ...(pool?.ip_range !== undefined && { ipRange: pool.ip_range }),
    },
  };
}
