/** Who can reach a container or a network, from its provider inputs. */

import type { Bag } from "../core/untyped";
import { isLoopback } from "../network/ip-address";
import { readContainer } from "./container";
import { readNetwork } from "./objects";

interface Opening {
  readonly address: string;
  readonly port: string;
  /** Undefined if Docker picks one. */
  readonly host: number | undefined;
}

/** New ways in which other machines can reach a container. @param before inputs or outputs */
export function opened(before: Bag | undefined, after: Bag): string[] {
  const former = openings(before);
  const isNew = ({ address, port, host }: Opening): boolean =>
    // Docker picks a free port once, and reports it like a requested one.
    !former.some(
      (each) => each.address === address && each.port === port && (host === undefined || each.host === host),
    );
  return [
    ...openings(after)
      .filter(isNew)
      .map(({ address, port, host }) => {
        const at = host === undefined ? "a free port" : String(host);
        return `other machines reach its port ${port} at ${address}:${at}`;
      }),
    ...(onHost(after) && !onHost(before)
      ? ["every port it listens on is a host port, also for other machines"]
      : []),
  ];
}

function openings(inputs: Bag = {}): Opening[] {
  return readContainer(inputs)
    .ports.filter(({ address }) => !isLoopback(address))
    .map(({ address, host, container, protocol }) => ({
      address: address === "" ? "0.0.0.0" : address,
      port: `${String(container)}/${protocol}`,
      host,
    }));
}

const onHost = (inputs: Bag = {}): boolean => readContainer(inputs).networkMode === "host";

/** The exposure of a network that is no longer internal; undefined for other networks. */
export function networkOpened(before: Bag | undefined, after: Bag): string | undefined {
  return before !== undefined && readNetwork(before).internal && !readNetwork(after).internal
    ? "its containers can reach external networks, and its ports can be published"
    : undefined;
}
