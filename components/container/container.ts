import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { replacementOptions } from "./inputs";
import type { NetworkReference } from "./attachment";
import type { ContainerArgs } from "./args";
import { containerSchema, containerSpec, crossFieldFaults } from "./schema";
import type { Binding } from "./ports/port";
import { publishedPorts, unpublishedText } from "./ports/published";
import { adopting } from "../deployment/adopt";
import { bindContainer } from "./lifecycle/bind";
import { makeClaim } from "./lifecycle/claim";
import { onHost } from "../host/lifecycle";

import { splitAliases } from "../core/aliases";
import { checkArgs } from "../core/check-args";
import { currentOwner } from "../core/names";
import { tokens } from "../core/tokens";

/**
 * A container that runs a service.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/container:Container`.
 *
 * A replacement follows `update`. In both orders the old container is kept until the new one is ready and stays healthy
 * for `monitorSeconds`; otherwise the `up` fails, the old one keeps serving, and the next `up` retries. A container that was
 * stopped, removed, paused or disconnected manually is shown in a preview and replaced by an `up`. For jobs that run to completion
 * use `Job`.
 *
 * @throws pulumi.ResourceError naming every invalid argument, and the other container with the same host port or name.
 * @example
 * ```ts
 * const web = new Container("web", { image, ports: [{ container: 80, host: 8080 }] });
 * export const url = web.url(80);
 * ```
 */
export class Container extends pulumi.ComponentResource {
  readonly containerId: pulumi.Output<string>;
  /** The same id, known once the container is ready and has stayed healthy; use it for resources that route traffic to it. */
  readonly readyId: pulumi.Output<string>;
  /** The name on the host, for `docker logs`. */
  readonly containerName: pulumi.Output<string>;
  /** The id of its image. */
  readonly imageId: pulumi.Output<string>;
  /** Its IPv4 addresses by network name. */
  readonly addresses: pulumi.Output<Record<string, string>>;
  /** The networks it is connected to. */
  readonly networks: readonly NetworkReference[];
  /** The host it runs on. */
  readonly hostKey: string;
  /** The address of each published port: `{ "80/tcp": "127.0.0.1:8080" }`. */
  readonly endpoints: pulumi.Output<Record<string, string>>;
  private readonly published: readonly Binding[];
  private readonly label: string;

  constructor(name: string, args: ContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { own, raw } = splitAliases(opts, "docker:index/container:Container");
    super(tokens.container, name, {}, own);
    const checked = checkArgs(this, "container", name, containerSchema, args, (given) =>
      crossFieldFaults(given, name),
    );
    const owner = adopting(currentOwner(opts?.parent), raw.length > 0 ? true : checked.adopt);
    const spec = containerSpec(owner, name, onHost(this, checked));
    makeClaim(this, "container", spec);

    const lifecycle = bindContainer(this, owner, name, spec, checked, raw);
    const container = new docker.Container(
      spec.placement.childName(name),
      { ...spec.inputs, ...lifecycle.inputs },
      {
        ...lifecycle.options,
        parent: this,
        ...spec.placement.options,
        // `update` decides whether the old one runs meanwhile.
        ...replacementOptions("container", spec.inputs),
      },
    );
    const { readyId, replacedId } = lifecycle.whenReady(container.id);

    this.containerId = container.id;
    this.readyId = readyId;
    this.containerName = pulumi.output(spec.claim.hostName);
    this.networks = spec.networks;
    this.hostKey = spec.placement.key;
    this.label = name;
    this.published = spec.claim.bindings;
    this.imageId = checked.image.imageId;
    this.addresses = orNone(container.networkDatas).apply((networks) =>
      Object.fromEntries(
        // The networks "host" and "none" are listed too, without an address.
        networks
          .filter(({ ipAddress }) => ipAddress !== "")
          .map((each) => [each.networkName, each.ipAddress]),
      ),
    );
    this.endpoints = orNone(container.ports).apply(publishedPorts);
    this.registerOutputs({
      containerId: replacedId,
      containerName: this.containerName,
      imageId: this.imageId,
      addresses: this.addresses,
      endpoints: this.endpoints,
    });
  }

  /**
   * The address of a published port, such as `127.0.0.1:8080`.
   *
   * @throws pulumi.ResourceError - the port is not published; the error names the ports that are.
   */
  endpoint(containerPort: number, protocol: "tcp" | "udp" | "sctp" = "tcp"): pulumi.Output<string> {
    return this.addressOf("endpoint", containerPort, protocol);
  }

  /**
   * The same as a URL: `http://127.0.0.1:8080`.
   *
   * @throws pulumi.ResourceError - the port is not published with TCP; the error names the ports that are.
   */
  url(containerPort: number, scheme = "http"): pulumi.Output<string> {
    return pulumi.interpolate`${scheme}://${this.addressOf("url", containerPort, "tcp")}`;
  }

  private addressOf(
    method: "endpoint" | "url",
    port: number,
    protocol: Binding["protocol"],
  ): pulumi.Output<string> {
    const text = unpublishedText({ name: this.label, method, port, protocol }, this.published);
    if (text !== undefined) throw new pulumi.ResourceError(text, this, true);
    // A container that is not running yet has no address.
    return this.endpoints.apply((endpoints) => endpoints[`${String(port)}/${protocol}`] ?? "");
  }
}

/** The provider omits an empty list, although its type does not allow that. */
function orNone<T>(list: pulumi.Output<T[] | undefined>): pulumi.Output<T[]> {
  return list.apply((items) => items ?? []);
}
