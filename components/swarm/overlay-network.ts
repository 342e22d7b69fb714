import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { hostOf, hostReference } from "../host/args";
import { hostFor } from "../host/lifecycle";
import { labels } from "../deployment/look/given-labels";
import { objectLabels } from "../deployment/look/labels";
import { subnetFaults, subnetInputs, subnetShape } from "../network/subnet";
import type { OverlayNetworkArgs, OverlayNetworkReference } from "./args";
import { stackLabel } from "./service/inputs";
import { bindOverlay } from "./lifecycle/overlay-network";

import { checkArgs } from "../core/check-args";
import { claims, type Named, nameFaults } from "../core/claims";
import { flag, mapOf, strict, text } from "../core/schema";
import { currentOwner, hostName, objectName } from "../core/names";
import { tokens } from "../core/tokens";

const overlaySchema = strict({
  ...subnetShape,
  name: objectName.optional(),
  encrypted: flag.optional(),
  attachable: flag.optional(),
  internal: flag.optional(),
  options: mapOf(
    text(),
    text(
      'an option of the overlay driver, not "encrypted", which is an argument',
      (value) => value !== "encrypted",
    ),
  ).optional(),
  labels: labels.optional(),
  host: hostReference.optional(),
});

interface Claim extends Named {
  readonly subnet: string | undefined;
}

/**
 * A network across all nodes of a swarm: its services resolve each other by name and are isolated from other networks.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/network:Network`.
 *
 * Traffic between nodes is encrypted. The routing mesh for published ports is a separate network of Docker.
 *
 * @throws pulumi.ResourceError naming every invalid argument, and the network of this program with the same name or an overlapping subnet.
 * @example
 * ```ts
 * const backend = new OverlayNetwork("backend", { internal: true });
 * ```
 */
export class OverlayNetwork extends pulumi.ComponentResource implements OverlayNetworkReference {
  /** The id of the network; services refer to it, so that they are updated with it. */
  readonly networkId: pulumi.Output<string>;
  /** The name on the swarm, for `docker network inspect`. */
  readonly networkName: pulumi.Output<string>;
  /** True without external access. */
  readonly internal: boolean;
  /** Whether a `Container` can connect to it too. */
  readonly attachable: boolean;
  /** Its subnet, if one is given. */
  readonly subnet: string | undefined;
  /** The manager that creates it. */
  readonly hostKey: string;

  constructor(name: string, args: OverlayNetworkArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.overlayNetwork, name, {}, opts);
    const owner = currentOwner(opts?.parent);
    const claimed = (given: OverlayNetworkArgs): Claim => ({
      name,
      hostName: given.name ?? hostName(owner, name),
      subnet: given.subnet,
    });
    const checked = checkArgs<OverlayNetworkArgs>(
      this,
      "overlay network",
      name,
      overlaySchema,
      args,
      (given) => {
        const others = claims<Claim>("network", this, given.host?.provider);
        return [...nameFaults("network", claimed(given), others), ...subnetFaults(given, others)];
      },
    );
    const mine = claimed(checked);
    claims<Claim>("network", this, checked.host?.provider).push(mine);
    const placement = hostOf(hostFor(this, checked.host));
    const traits = {
      driver: "overlay",
      attachable: checked.attachable ?? false,
      internal: checked.internal ?? false,
      ...subnetInputs(checked),
      options: { ...checked.options, ...((checked.encrypted ?? true) && { encrypted: "" }) },
    };
    const lifecycle = bindOverlay(this, owner, {
      name,
      given: checked.name,
      hostName: mine.hostName,
      subnet: mine.subnet,
      labels: {
        ...objectLabels(owner, "network", name, { ...checked.labels, ...placement.labels }),
        [stackLabel]: owner.scope,
      },
      placement,
      traits,
    });
    const network = new docker.Network(
      placement.childName(name),
      { name: lifecycle.name, ...traits, labels: lifecycle.labels },
      {
        ...lifecycle.options,
        parent: this,
        ...placement.options,
        // The services move to the new one before the old one is removed.
        deleteBeforeReplace: false,
        // Swarm adds a number to the options, and a gateway to the address pools.
        ignoreChanges: ["options", "ipamConfigs"],
        replacementTrigger: JSON.stringify(traits),
      },
    );

    this.networkId = network.id;
    this.networkName = network.name;
    this.internal = checked.internal ?? false;
    this.attachable = checked.attachable ?? false;
    this.subnet = checked.subnet;
    this.hostKey = placement.key;
    this.registerOutputs({ networkId: this.networkId, networkName: this.networkName });
  }
}
