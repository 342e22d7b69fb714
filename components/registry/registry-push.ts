import { AsyncResource } from "node:async_hooks";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { hostFaults, hostOf } from "../host/args";
import { hostFor } from "../host/lifecycle";
import type { ImageSource } from "../image/source";
import { pushFailureText } from "./push-failure";
import { repositoryPath, tagName } from "./address";
import type { Registry } from "./registry";

import { checkArgs } from "../core/check-args";
import { claims } from "../core/claims";
import { hasEngine } from "../core/has-engine";
import { reference, strict } from "../core/schema";
import { tell } from "../core/tell";
import { tokens } from "../core/tokens";

/** Source: Docker reference, "docker image push". The host of the image pushes it: the registry must have the same host. */
export interface RegistryPushArgs {
  /** The image to push; a new build is pushed again. */
  readonly image: ImageSource;
  /** The registry and its login. */
  readonly registry: Registry;
  /** The path in the registry, such as `"team/app"`. */
  readonly repository: string;
  /** @defaultValue `"latest"` */
  readonly tag?: string;
}

const schema = strict({
  image: reference<ImageSource>("imageId", "an Image"),
  registry: reference<Registry>("provider", "a Registry"),
  repository: repositoryPath,
  tag: tagName.optional(),
});

/**
 * An image pushed to a registry under a name and tag.
 *
 * Children: `<name>-tag` -> `docker:index/tag:Tag`, `<name>-local` -> `docker:index/remoteImage:RemoteImage`,
 * `<name>` -> `docker:index/registryImage:RegistryImage`; with a host each name ends with `-on-<host>`.
 *
 * When it is removed from the program, the pushed image stays in the registry, because others may use it; its tag
 * on the Docker host is removed.
 *
 * @throws pulumi.ResourceError naming every invalid argument.
 * @example
 * ```ts
 * const pushed = new RegistryPush("app", { image, registry, repository: "team/app", tag: "1.4.0" });
 * export const reference = pushed.reference;
 * ```
 */
export class RegistryPush extends pulumi.ComponentResource implements ImageSource {
  /** The digest of the pushed image, `sha256:...`; it stays the same when the tag is moved. */
  readonly digest: pulumi.Output<string>;
  /** Address, repository and digest: the same image from any host. */
  readonly reference: pulumi.Output<string>;
  /** The id of the image on the host that pushed it. */
  readonly imageId: pulumi.Output<string>;
  /** The reference for containers on that host. */
  readonly source: pulumi.Output<string>;
  /** The paths that its Dockerfile declares as VOLUME. */
  readonly declaredVolumes: readonly string[];
  /** Whether its Dockerfile has a HEALTHCHECK. */
  readonly declaresHealthCheck: boolean;
  /** The host that pushed it. */
  readonly hostKey: string;

  constructor(name: string, args: RegistryPushArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.registryPush, name, {}, opts);
    const {
      image,
      registry,
      repository,
      tag = "latest",
    } = checkArgs(this, "registry push", name, schema, args, (given) =>
      hostFaults("registry push", given.registry.host, [{ path: "image", on: given.image }]).map((fault) => ({
        ...fault,
        path: "registry.host",
      })),
    );
    const placement = hostOf(hostFor(this, registry.host));
    const target = `${registry.address}/${repository}`;

    const content = { image: image.imageId };
    const tagged = new docker.Tag(
      placement.childName(`${name}-tag`),
      { sourceImage: image.imageId, targetImage: `${target}:${tag}` },
      { parent: this, ...placement.options, deleteBeforeReplace: true },
    );
    // Docker's provider never removes a tag. This resource adopts the tag and removes it before the tag is moved: otherwise
    // pushed images would stay on the host forever.
    const local = new docker.RemoteImage(
      placement.childName(`${name}-local`),
      { name: tagged.targetImage, triggers: content },
      { parent: this, provider: registry.provider, deleteBeforeReplace: true },
    );
    const pushed = new docker.RegistryImage(
      placement.childName(name),
      { name: local.name, keepRemotely: true, triggers: content },
      { parent: this, provider: registry.provider, ...explained() },
    );

    // The id is the pushed digest. The provider's sha256Digest follows the tag, which others can move.
    this.digest = pushed.id;
    this.imageId = image.imageId;
    this.source = image.source;
    this.declaredVolumes = image.declaredVolumes ?? [];
    this.declaresHealthCheck = image.declaresHealthCheck ?? false;
    this.hostKey = placement.key;
    this.reference = pulumi.interpolate`${target}@${pushed.id}`;
    this.registerOutputs({ digest: this.digest, reference: this.reference });
  }
}

/** Pulumi's mocks do not support hooks: without this, unit tests of a program with a push would fail. */
function explained(): pulumi.CustomResourceOptions {
  return hasEngine() ? { hooks: { onError: [explainFailure()] } } : {};
}

/** One hook per program, because hook names are unique; it adds the remedy to the provider's error, and never retries. */
function explainFailure(): pulumi.ErrorHook {
  const [known] = claims<pulumi.ErrorHook>("push hook");
  if (known !== undefined) return known;
  const explain = async ({ newInputs, errors }: pulumi.ErrorHookArgs): Promise<boolean> => {
    await tell("error", pushFailureText(String(newInputs?.["name"]), errors.join(" ")));
    return false;
  };
  // Bound to this run: the engine calls hooks outside it, where logging does not work.
  const hook = new pulumi.ErrorHook("push", AsyncResource.bind(explain));
  claims<pulumi.ErrorHook>("push hook").push(hook);
  return hook;
}
