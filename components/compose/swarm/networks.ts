/** The networks of a stack: overlay networks, except external ones. */

import type { Subnet } from "../../network/subnet";
import type { Network } from "../model/parts";
import type { Finding } from "../host/finding";
import { poolArgs } from "../host/pool";

export type PlannedOverlay =
  /** Created outside the project. */
  | { readonly external: string }
  | {
      readonly args: Subnet & {
        readonly name: string;
        readonly encrypted?: boolean;
        readonly attachable?: boolean;
        readonly internal?: boolean;
        readonly options?: Readonly<Record<string, string>>;
        readonly labels?: Readonly<Record<string, string>>;
      };
    };

export function plannedOverlays(
  networks: Readonly<Record<string, Network>>,
  fault: Finding,
): Record<string, PlannedOverlay> {
  return Object.fromEntries(
    Object.entries(networks).map(([key, network]) => [
      key,
      planned(key, network, (path, text) => fault(["networks", key, ...path], text)),
    ]),
  );
}

/** Docker's own networks of each node. */
const OF_A_NODE = ["bridge", "host", "none"];

function planned(key: string, network: Network, fault: Finding): PlannedOverlay {
  const { name = key, driver_opts: given = {}, labels, internal, attachable } = network;
  if (network.external === true) {
    if (OF_A_NODE.includes(name))
      fault(
        ["name"],
        `must be a network of the swarm, got ${JSON.stringify(name)}, which is local to each node; publish a port with mode: host where the node's own address is needed`,
      );
    return { external: name };
  }
  const pool = poolArgs(network, fault);
  const { encrypted, ...options } = given;
  return {
    args: {
      name,
      // The driver accepts the option without a value.
      ...(encrypted !== undefined && { encrypted: encrypted !== "false" }),
      ...(attachable === true && { attachable }),
      ...(internal === true && { internal }),
      ...(Object.keys(options).length > 0 && { options }),
      ...(labels && Object.keys(labels).length > 0 && { labels }),
      ...pool,
    },
  };
}
