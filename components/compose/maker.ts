import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { type HostReference, hostOf } from "../host/args";
import { hostFor } from "../host/lifecycle";
import { Image } from "../image/image";
import { hideInBuilds } from "../image/lifecycle/build";
import type { Origin } from "./host/arguments/files";
import type { PlannedImage } from "./host/images";
import { bindExternal, externalNetworkId } from "./host/lifecycle";
import { secretsIn } from "./host/traced";
import { bytesOf, imageArgs, type Reading } from "./reading";

/** The common part of the makers that create children from Compose files, on a host and on a swarm. */
export abstract class Maker<
  Plan extends { readonly images: Readonly<Record<string, PlannedImage>> },
  Args extends { readonly host?: HostReference },
> {
  /** The kind of component, for errors. */
  protected abstract readonly whose: string;
  protected readonly plan: Plan;
  protected readonly parent: { readonly parent: pulumi.Resource };
  protected readonly on: { readonly host?: HostReference };

  constructor(
    component: pulumi.Resource,
    protected readonly name: string,
    protected readonly reading: Reading<Plan>,
    protected readonly args: Args,
  ) {
    this.plan = reading.plan;
    this.parent = { parent: component };
    this.on = args.host === undefined ? {} : { host: args.host };
  }

  protected builtOrPulled(key: string): Image {
    const planned = this.plan.images[key] as PlannedImage;
    hideInBuilds(secretsIn("image", planned, ["services", key, "build"], this.reading.origins));
    return new Image(
      `${this.name}-${key}`,
      { ...imageArgs(planned, (from) => this.bytes(from)), ...this.on },
      this.parent,
    );
  }

  protected externalNetwork(hostName: string) {
    const id = externalNetworkId(this.parent.parent, this.named(hostName));
    const networkId =
      id === undefined ? docker.getNetworkOutput({ name: hostName }, this.parent).id : pulumi.output(id);
    return { networkId, networkName: pulumi.output(hostName), internal: false };
  }

  /** Checks that an external volume exists. */
  protected expectVolume(hostName: string): void {
    bindExternal(this.parent.parent, { ...this.named(hostName), kind: "volume" });
  }

  /** The content of a secret or a config. */
  protected bytes(from: Origin): Buffer {
    return bytesOf(this.parent.parent, `${this.whose} "${this.name}"`, from, this.reading.variables);
  }

  protected named(hostName: string) {
    return { project: this.name, hostName, placement: hostOf(hostFor(this.parent.parent, this.args.host)) };
  }
}
