/** The networks of a project. */

import type { Subnet } from "../../network/subnet";
import type { Network } from "../model/parts";
import type { Finding } from "./finding";
import { poolArgs } from "./pool";

export type PlannedNetwork =
  /** Created outside the project. */
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
      `must be "bridge" on a plain Docker host, got ${JSON.stringify(driver)}; create the network manually and write external: true`,
    );
  const pool = poolArgs(network, fault);
  return {
    args: {
      name,
      ...(internal === true && { internal }),
      ...(options && Object.keys(options).length > 0 && { options }),
      ...(labels && Object.keys(labels).length > 0 && { labels }),
      ...pool,
    },
  };
}
