import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { type HostReference, hostOf, hostReference } from "../host/args";
import { hostFor } from "../host/lifecycle";
import { type Labels, labels } from "../deployment/look/given-labels";
import { objectLabels } from "../deployment/look/labels";
import { type Subnet, subnetFaults, subnetInputs, subnetShape, withGateway } from "./subnet";

import { adopting } from "../deployment/adopt";
import { bindNetwork } from "./lifecycle";

import { splitAliases } from "../core/aliases";
import { checkArgs } from "../core/check-args";
import { claims, type Named, nameFaults } from "../core/claims";
import { flag, input, mapOf, strict, text } from "../core/schema";
import { currentOwner, hostName, objectName } from "../core/names";
import { tokens } from "../core/tokens";

/** Source: Docker reference, "Bridge network driver". Changing any argument replaces the network and the containers on it. */
export interface BridgeNetworkArgs extends Subnet {
  /** The name on the host. @defaultValue `<project>-<stack>-<name>` */
  readonly name?: string;
  /** Without external access: containers reach only each other and the host, and cannot publish ports. @defaultValue `false` */
  readonly internal?: boolean;
  /** Options of the bridge driver, such as `{ "com.docker.network.bridge.enable_icc": "false" }`. */
  readonly options?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Additional labels. */
  readonly labels?: Labels;
  /**
   * Whether to take over a network with the same host name that is not managed by this stack: it stays unchanged, with its labels,
   * and its containers stay connected. From then on this stack manages and removes it.
   * @defaultValue `false`: the run fails before anything is changed. `dockwright up --adopt` sets `true` for everything
   */
  readonly adopt?: boolean;
  /** The host; its containers must be on the same host. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}

const schema = strict({
  ...subnetShape,
  name: objectName.optional(),
  internal: flag.optional(),
  options: mapOf(input(text())).optional(),
  labels: labels.optional(),
  host: hostReference.optional(),
  adopt: flag.optional(),
});

interface Claim extends Named {
  readonly subnet: string | undefined;
}

/**
 * A user-defined bridge network: its containers resolve each other by name and are isolated from other networks.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/network:Network`.
 *
 * For Docker's predefined networks (default bridge, host, none) see `networkMode` of a container.
 *
 * @throws pulumi.ResourceError naming every invalid argument, and the network of this program with the same name or an overlapping subnet.
 * @example
 * ```ts
 * const backend = new BridgeNetwork("backend", { internal: true });
 * ```
 */
export class BridgeNetwork extends pulumi.ComponentResource {
  /** The id of the network; containers refer to it, so that they are replaced with it. */
  readonly networkId: pulumi.Output<string>;
  /** The name on the host, for `docker network inspect`. */
  readonly networkName: pulumi.Output<string>;
  /** True if containers have no external access. */
  readonly internal: boolean;
  /** Its subnet, if one is given. */
  readonly subnet: string | undefined;
  /** Its host. */
  readonly hostKey: string;

  constructor(name: string, args: BridgeNetworkArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { own, raw } = splitAliases(opts, "docker:index/network:Network");
    super(tokens.bridgeNetwork, name, {}, own);
    const owner = currentOwner(opts?.parent);
    const claimed = (given: BridgeNetworkArgs): Claim => ({
      name,
      hostName: given.name ?? hostName(owner, name),
      subnet: given.subnet,
    });
    const checked = checkArgs(this, "network", name, schema, args, (given) => {
      const others = claims<Claim>("network", this, given.host?.provider);
      return [...nameFaults("network", claimed(given), others), ...subnetFaults(given, others)];
    });
    const mine = claimed(checked);
    claims<Claim>("network", this, checked.host?.provider).push(mine);
    const placement = hostOf(hostFor(this, checked.host));

    // A bridge in this mode has none.
    const isIsolated = checked.options?.["com.docker.network.bridge.gateway_mode_ipv4"] === "isolated";
    const addresses = isIsolated ? checked : withGateway(checked);
    const lifecycle = bindNetwork(this, adopting(owner, raw.length > 0 ? true : checked.adopt), {
      name,
      hostName: mine.hostName,
      subnet: mine.subnet,
      derivesGateway: addresses.gateway !== checked.gateway,
      aliases: raw,
      labels: objectLabels(owner, "network", name, { ...checked.labels, ...placement.labels }),
      placement,
    });

    const network = new docker.Network(
      placement.childName(name),
      {
        name: mine.hostName,
        driver: "bridge",
        internal: checked.internal ?? false,
        ...subnetInputs(addresses),
        ...(checked.options && { options: checked.options }),
        labels: lifecycle.labels,
      },
      // Two networks with the same name or subnet cannot exist at the same time.
      { ...lifecycle.options, parent: this, ...placement.options, deleteBeforeReplace: true },
    );

    this.networkId = network.id;
    this.networkName = network.name;
    this.internal = checked.internal ?? false;
    this.subnet = checked.subnet;
    this.hostKey = placement.key;
    this.registerOutputs({ networkId: this.networkId, networkName: this.networkName });
  }
}
