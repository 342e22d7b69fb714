import * as pulumi from "@pulumi/pulumi";

import type { PlannedMount } from "../host/arguments/mounts";
import { holdsSecret } from "../host/traced";
import type { PlannedVolume } from "../host/volumes";
import type { PlannedOverlay } from "./networks";
import type { PlannedObject, SwarmPlan } from "./plan";
import type { PushTarget } from "./push";
import type { PlannedAccess, PlannedSwarmService } from "./service";
import type { ImageSource } from "../../image/source";
import type { Mount } from "../../container/mounts/mount";
import type {
  FileAccess,
  OverlayNetworkReference,
  SwarmConfigReference,
  SwarmSecretReference,
} from "../../swarm/args";
import { hostOf } from "../../host/args";
import { hostFor } from "../../host/lifecycle";
import type { SwarmStackArgs } from "../stack-args";
import { hidingOptions, isSecretContent, withSecrets } from "../reading";
import { OverlayNetwork } from "../../swarm/overlay-network";
import { RegistryPush } from "../../registry/registry-push";
import { SwarmConfig } from "../../swarm/swarm-config";
import { SwarmSecret } from "../../swarm/swarm-secret";
import { SwarmService } from "../../swarm/swarm-service";

import { Maker } from "../maker";
import { externalObjectId } from "./lifecycle";

import { once } from "../../core/once";

/** Creates the children on first use, so that unused objects are not created. */
export class SwarmStackMaker extends Maker<SwarmPlan, SwarmStackArgs> {
  protected readonly whose = "stack";
  readonly services = new Map<string, SwarmService>();
  private readonly images = new Map<string, ImageSource>();
  private readonly networks = new Map<string, OverlayNetworkReference>();
  private readonly secrets = new Map<string, SwarmSecretReference>();
  private readonly configs = new Map<string, SwarmConfigReference>();

  service({ name, image, push, dependsOn, args: planned }: PlannedSwarmService): void {
    const {
      networks = [],
      mounts = [],
      secrets = {},
      configs = [],
      ...rest
    } = withSecrets("swarm", planned, ["services", name], this.reading.origins);
    const { registry, overrides } = this.args;
    const args = {
      ...rest,
      name: `${this.plan.stack}_${name}`,
      service: name,
      image: this.image(image, push),
      ...(registry && { registry }),
      ...(networks.length > 0 && {
        networks: networks.map(({ network, ...more }) => ({ network: this.network(network), ...more })),
      }),
      ...(mounts.length > 0 && { mounts: mounts.map((mount) => this.mount(mount)) }),
      ...(Object.keys(secrets).length > 0 && {
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([key, access]) => [
            key,
            { secret: this.secret(access.source), path: access.path, ...accessArgs(access) },
          ]),
        ),
      }),
      ...(configs.length > 0 && {
        files: Object.fromEntries(
          configs.map((access) => [
            access.path,
            { config: this.config(access.source), ...accessArgs(access) },
          ]),
        ),
      }),
      ...this.on,
      ...overrides?.[name],
    };
    const after = dependsOn.flatMap((each) => this.services.get(each) ?? []);
    const opts = { ...this.parent, dependsOn: after };
    this.services.set(name, new SwarmService(`${this.name}-${name}`, args, opts));
  }

  /** Built images are pushed to the registry before a node pulls them. */
  private image(key: string, push: PushTarget | undefined): ImageSource {
    return once(this.images, key, () => {
      const { registry } = this.args;
      const image = this.builtOrPulled(key);
      if (push === undefined || registry === undefined) return image;
      return new RegistryPush(`${this.name}-${key}`, { image, registry, ...push }, this.parent);
    });
  }

  private network(key: string): OverlayNetworkReference {
    return once(this.networks, key, () => {
      const planned = this.plan.networks[key] as PlannedOverlay;
      if ("args" in planned) {
        const isSecret = holdsSecret("network", planned.args, ["networks", key], this.reading.origins);
        return new OverlayNetwork(
          `${this.name}-${key}`,
          { ...planned.args, ...this.on },
          hidingOptions(["labels", "options"], isSecret, this.parent),
        );
      }
      return { ...this.externalNetwork(planned.external), attachable: true };
    });
  }

  private secret(key: string): SwarmSecretReference {
    return once(this.secrets, key, () => {
      const planned = this.plan.secrets[key] as PlannedObject;
      if ("external" in planned) {
        const secretId = this.external("secret", planned.external);
        return { secretId, secretName: pulumi.output(planned.external) };
      }
      const content = this.bytes(planned.from).toString();
      return new SwarmSecret(`${this.name}-${key}`, { content, ...this.object(planned) }, this.parent);
    });
  }

  private config(key: string): SwarmConfigReference {
    return once(this.configs, key, () => {
      const planned = this.plan.configs[key] as PlannedObject;
      if ("external" in planned) {
        const configId = this.external("config", planned.external);
        return { configId, configName: pulumi.output(planned.external) };
      }
      const text = this.bytes(planned.from).toString("base64");
      const contentBase64 = isSecretContent(key, planned.from, this.reading) ? pulumi.secret(text) : text;
      return new SwarmConfig(`${this.name}-${key}`, { contentBase64, ...this.object(planned) }, this.parent);
    });
  }

  private object({ name, labels }: Exclude<PlannedObject, { readonly external: string }>) {
    const { keep } = this.args;
    return { name, ...(labels && { labels }), ...(keep !== undefined && { keep }), ...this.on };
  }

  private external(kind: "secret" | "config", hostName: string): pulumi.Output<string> {
    const found = externalObjectId(this.parent.parent, {
      stack: this.name,
      kind,
      hostName,
      placement: hostOf(hostFor(this.parent.parent, this.args.host)),
    });
    return pulumi.output(found ?? hostName);
  }

  /** A volume belongs to its node, which creates it for the first task: there is no resource for it. */
  private mount(planned: PlannedMount): Mount {
    if (!("volume" in planned)) return planned as Mount;
    const volume = this.plan.volumes[planned.volume] as PlannedVolume;
    if ("external" in volume) this.expectVolume(volume.external);
    const name = "external" in volume ? volume.external : volume.args.name;
    return { ...planned, volume: { volumeName: pulumi.output(name) } };
  }
}

function accessArgs({ source: _, path: __, ...access }: PlannedAccess): FileAccess {
  return access;
}
