import * as pulumi from "@pulumi/pulumi";

import type { PlannedFile } from "./arguments/files";
import { type PlannedMount, uncovered } from "./arguments/mounts";
import type { PlannedNetwork } from "./networks";
import type { ComposePlan } from "./plan";
import type { PlannedService } from "./service";
import type { PlannedVolume } from "./volumes";
import { anonymousKey } from "../../container/mounts/anonymous-volume";
import type { NetworkReference } from "../../container/attachment";
import type { ComposeProjectArgs } from "../args";
import type { Mount, VolumeReference } from "../../container/mounts/mount";
import { isSecretContent, withSecrets } from "../reading";
import { type ComposeService, composeService } from "../compose-service";
import { Container } from "../../container/container";
import type { Image } from "../../image/image";
import { Job } from "../../container/job/job";
import { BridgeNetwork } from "../../network/bridge-network";
import { Volume } from "../../volume/volume";

import { Maker } from "../maker";

import { once } from "../../core/once";

/** Creates the children on first use, so that unused objects are not created. */
export class ComposeMaker extends Maker<ComposePlan, ComposeProjectArgs> {
  protected readonly whose = "compose project";
  readonly services = new Map<string, ComposeService>();
  private readonly images = new Map<string, Image>();
  private readonly networks = new Map<string, NetworkReference>();
  private readonly volumes = new Map<string, VolumeReference>();

  service({ name, kind, replicas, image: imageKey, dependsOn, args: planned }: PlannedService): void {
    if (replicas === 0) {
      this.services.set(name, composeService(name, []));
      return;
    }
    const {
      networks,
      mounts = [],
      files = [],
      secrets = {},
      ...rest
    } = withSecrets("service", planned, ["services", name], this.reading.origins);
    const image = this.image(imageKey);
    const opts = { ...this.parent, dependsOn: dependsOn.flatMap((each) => this.madeOf(each)) };
    const shared = {
      ...rest,
      image,
      ...(networks && {
        networks: networks.map(({ network, ...more }) => ({ network: this.network(network), ...more })),
      }),
      ...(files.length > 0 && {
        files: Object.fromEntries(files.map((file) => [file.path, this.file(file)])),
      }),
      ...(Object.keys(secrets).length > 0 && {
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([key, from]) => [key, this.bytes(from).toString()]),
        ),
      }),
      ...this.on,
    };
    const all = [...mounts, ...uncovered(image.declaredVolumes, mounts)];
    const argsOf = (number: number) => ({
      ...shared,
      mounts: all.map((mount) => this.mount(mount, name, number)),
      ...this.args.overrides?.[name],
    });
    if (kind === "job") {
      const args = { name: `${this.plan.project}-${name}-1`, ...argsOf(1), service: name };
      this.services.set(name, composeService(name, [], new Job(`${this.name}-${name}`, args, opts)));
      return;
    }
    const numbers = Array.from({ length: replicas }, (_, index) => index + 1);
    const containers = numbers.map((number) => {
      const each = { ...argsOf(number), service: name, replica: number };
      return new Container(`${this.name}-${name}-${String(number)}`, each, opts);
    });
    this.services.set(name, composeService(name, containers));
  }

  private madeOf(name: string): pulumi.Resource[] {
    const made = this.services.get(name);
    return made === undefined ? [] : made.job === undefined ? [...made.containers] : [made.job];
  }

  private image(key: string): Image {
    return once(this.images, key, () => this.builtOrPulled(key));
  }

  private network(key: string): NetworkReference {
    return once(this.networks, key, () => {
      const planned = this.plan.networks[key] as PlannedNetwork;
      if ("args" in planned) {
        const args = withSecrets("network", planned.args, ["networks", key], this.reading.origins);
        return new BridgeNetwork(`${this.name}-${key}`, { ...args, ...this.on }, this.parent);
      }
      return this.externalNetwork(planned.external);
    });
  }

  private volume(key: string, planned = this.plan.volumes[key] as PlannedVolume): VolumeReference {
    return once(this.volumes, key, () => {
      if ("external" in planned) {
        this.expectVolume(planned.external);
        return { volumeName: pulumi.output(planned.external) };
      }
      const kept = this.args.protectVolumes === undefined ? {} : { protect: this.args.protectVolumes };
      const args = withSecrets("volume", planned.args, ["volumes", key], this.reading.origins);
      return new Volume(`${this.name}-${key}`, { ...args, ...kept, ...this.on }, this.parent);
    });
  }

  private mount(planned: PlannedMount, service: string, number: number): Mount {
    if ("volume" in planned) return { ...planned, volume: this.volume(planned.volume) };
    if (!("anonymous" in planned)) return planned;
    const { anonymous: _, ...rest } = planned;
    const key = anonymousKey(service, planned.path, number);
    return { ...rest, volume: this.volume(key, { args: { name: `${this.plan.project}_${key}` } }) };
  }

  private file({ from, isSecret, source, mode }: PlannedFile) {
    const hides = isSecret || isSecretContent(source, from, this.reading);
    const hidden = (text: string) => (hides ? pulumi.secret(text) : text);
    return {
      // Inline content is shown as text; a file can contain any bytes.
      ...("content" in from
        ? { content: hidden(from.content) }
        : { contentBase64: hidden(this.bytes(from).toString("base64")) }),
      ...(mode !== undefined && { mode }),
    };
  }
}
