/** The networks of a container, and its names there. */

import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { flag, isStructure, judge, listOf, mustBe, reference, strict } from "../core/schema";
import type { Fault } from "../core/text/message";
import { hostNameSchema } from "../network/host-name";
import { ipv4Address } from "../network/ip-address";
import { isUsable } from "../network/subnet";

/** A reference to a user-defined network, such as a `BridgeNetwork` component. */
export interface NetworkReference {
  readonly networkId: pulumi.Output<string>;
  readonly networkName: pulumi.Output<string>;
  /** True if containers have no external access, so that no port can be published. */
  readonly internal: boolean;
  /** Its subnet from the program: without one Docker assigns no fixed addresses. */
  readonly subnet?: string | undefined;
  /** False for a network of a swarm that only services can connect to. */
  readonly attachable?: boolean;
  /** Its host, if known. */
  readonly hostKey?: string;
}

/** A network with additional names, or a fixed address, for this container. Changing it replaces the container. */
export interface NetworkAttachment {
  readonly network: NetworkReference;
  /** Additional host names on this network, in addition to the service name. */
  readonly aliases?: readonly string[];
  /**
   * Whether it has its service's name on this network. Docker sets a name only when it connects a container:
   * a container that is replaced start-first is reconnected when it is ready, which closes connections that it has
   * opened there. Set `false` if no client looks up the name.
   * @defaultValue `true`
   */
  readonly serviceAlias?: boolean;
  /** A fixed address within the network's subnet. @defaultValue assigned by Docker */
  readonly ipv4Address?: string;
}

const bare = reference<NetworkReference>("networkId", "a BridgeNetwork");

const full = strict({
  network: bare,
  aliases: listOf(hostNameSchema).optional(),
  serviceAlias: flag.optional(),
  ipv4Address: ipv4Address.optional(),
});

export const attachment: z.ZodType<NetworkReference | NetworkAttachment> = z
  .custom<NetworkReference | NetworkAttachment>()
  .superRefine((value: unknown, context) => {
    if (!isStructure(value) && !isReference(value)) {
      context.addIssue({ code: "custom", message: mustBe("a BridgeNetwork or an attachment to one", value) });
      return;
    }
    judge(isReference(value) ? bare : full, value, context);
  });

function isReference(value: unknown): boolean {
  return bare.safeParse(value).success;
}

/** A bare network as an attachment. */
export function attachmentsOf(
  networks: readonly (NetworkReference | NetworkAttachment)[],
): NetworkAttachment[] {
  return networks.map((each) => ("network" in each ? each : { network: each }));
}

export function attachmentFaults(
  attachments: readonly NetworkAttachment[],
  publishesPorts: boolean,
): Fault[] {
  const twice = attachments.flatMap((each, index) =>
    attachments.findIndex((other) => other.network === each.network) === index
      ? []
      : [
          {
            path: `networks[${String(index)}]`,
            text: "must be a network that is not listed yet, got the same one again",
          },
        ],
  );
  const unreachable =
    publishesPorts && attachments.length > 0 && attachments.every((each) => each.network.internal)
      ? [
          {
            path: "ports",
            text: "cannot be published from internal networks alone; add a network that is not internal",
          },
        ]
      : [];
  const outside = attachments.flatMap(({ network, ipv4Address: fixed }, index) => {
    const path = `networks[${String(index)}].ipv4Address`;
    if (fixed === undefined || !("subnet" in network)) return [];
    if (network.subnet === undefined) return [{ path, text: "needs a network with a subnet; give it one" }];
    return isUsable(fixed, network.subnet)
      ? []
      : [{ path, text: `must be a usable address of ${network.subnet}, got "${fixed}"` }];
  });
  return [...twice, ...unreachable, ...outside];
}

/** Networks of a swarm that only services can connect to. */
export function closedFaults(attachments: readonly NetworkAttachment[]): Fault[] {
  return attachments.flatMap(({ network }, index) =>
    network.attachable === false
      ? [
          {
            path: `networks[${String(index)}]`,
            text: "must be attachable for a container; give the OverlayNetwork attachable: true",
          },
        ]
      : [],
  );
}

/** The names of a container on a network, in a fixed order. */
export function namesOn({ aliases = [], serviceAlias = true }: NetworkAttachment, service: string): string[] {
  return [...new Set([...(serviceAlias ? [service] : []), ...aliases])].sort();
}

/**
 * By id, so that a replaced network replaces its containers too; with all names, or without those that it gets when it
 * is ready.
 */
export function attachmentInputs(
  attachments: readonly NetworkAttachment[],
  service: string,
  named: "now" | "later",
) {
  return attachments.map((each) => ({
    name: each.network.networkId,
    ...(named === "now" && { aliases: namesOn(each, service) }),
    ...(each.ipv4Address !== undefined && { ipv4Address: each.ipv4Address }),
  }));
}

/** The fixed addresses on all networks. */
export function fixedAddresses(attachments: readonly NetworkAttachment[]): string[] {
  return attachments.flatMap(({ ipv4Address: address }) => (address === undefined ? [] : [address]));
}
