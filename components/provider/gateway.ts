/** The gateway of a network in the provider's inputs and outputs. */

import { type Bag, bagOf, listOf } from "../core/untyped";

export function declaresGateway(network: Bag): boolean {
  return listOf(network["ipamConfigs"]).some((each) => !["", undefined].includes(gatewayOf(each)));
}

/** Its address ranges without it. */
export function withoutGateway(network: Bag): object[] {
  return listOf(network["ipamConfigs"]).map((each) => {
    const { gateway: _gateway, ...rest } = bagOf(each);
    return rest;
  });
}

function gatewayOf(config: unknown): string | undefined {
  const { gateway } = bagOf(config);
  return typeof gateway === "string" ? gateway : undefined;
}
