import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { type BuildArgs, buildGuard, prepareBuild } from "./values/build";
import { imageReference, isRepositoryComponent } from "./values/image-reference";
import type { Registry } from "./registry";

import { checkArgs, refuse } from "./internal/check-args";
import { input, isStructure, reference, strict } from "./internal/guard";
import { currentOwner } from "./internal/names";
import { tokens } from "./internal/tokens";

/** An image that is built here. */
export interface BuiltImageArgs {
  /** What to build. A change that the build can see makes a new image and replaces the containers that use it. */
  readonly build: BuildArgs;
}

/** An image that is pulled. */
export interface PulledImageArgs {
  /** Where it comes from, such as `"debian:bookworm-slim"` or `"registry.example.com/team/app@sha256:..."`. */
  readonly reference: pulumi.Input<string>;
  /** The login, where the registry asks for one. */
  readonly registry?: Registry;
}

/** Source: Docker reference, "docker image build" and "docker image pull". */
export type ImageArgs = BuiltImageArgs | PulledImageArgs;

const builtGuard: z.ZodType<BuiltImageArgs> = strict({ build: buildGuard });

const pulledGuard: z.ZodType<PulledImageArgs> = strict({
  reference: input(imageReference),
  registry: reference<Registry>("provider", "a Registry").optional(),
});

/**
 * An image on the Docker host: built from a Dockerfile and a context, or pulled by reference.
 *
 * Children: `<name>` -> `docker:index/remoteImage:RemoteImage`.
 *
 * A built image is named `<project>-<stack>/<name>:<hash>`, and the hash is that of exactly what the build can see
 * (Dockerfile, files that .dockerignore lets through, arguments, target, platform). An unchanged context is never
 * rebuilt, a changed byte always is, and the preview shows it together with the containers that are replaced for it.
 * It does not resolve the tag of a base image; write a digest in FROM to pin it.
 *
 * @throws pulumi.ResourceError naming every invalid argument, or what is wrong with the context.
 * @example
 * ```ts
 * const api = new Image("api", { build: { context: "apps/api" } });
 * ```
 */
export class Image extends pulumi.ComponentResource {
  /** Docker's id of the image (`sha256:...`), exact on this host. */
  readonly imageId: pulumi.Output<string>;
  /** What a container is started from: the name of a build, known at preview; the id of a pulled image, whose tag may move. */
  readonly source: pulumi.Output<string>;
  /** The name and tag under which the host knows it. */
  readonly imageName: pulumi.Output<string>;
  /** The digest by which a registry knows it; empty for an image that was only built here. */
  readonly digest: pulumi.Output<string>;
  /** What names a build: 64 hexadecimal digits; undefined for a pulled image. */
  readonly contentHash: string | undefined;
  /** The paths that its Dockerfile declares as VOLUME; a container must mount something there. */
  readonly declaredVolumes: readonly string[];
  /** Whether its Dockerfile has a HEALTHCHECK; a container then waits for it. */
  readonly declaresHealthCheck: boolean;

  constructor(name: string, args: ImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.image, name, {}, opts);
    const checked = checkImageArgs(this, name, args);
    const built = "build" in checked ? build(this, name, checked.build) : undefined;

    const image = new docker.RemoteImage(
      name,
      built === undefined
        ? { name: "reference" in checked ? checked.reference : "", keepLocally: true }
        : {
            name: `${currentOwner().scope}/${name.toLowerCase()}:${built.contentHash.slice(0, 12)}`,
            build: built.inputs,
          },
      // The name carries the content: it alone decides about a rebuild, so that a preview shows that cause and no other.
      {
        parent: this,
        ...(built !== undefined && { ignoreChanges: ["build"] }),
        ...("registry" in checked && checked.registry && { provider: checked.registry.provider }),
      },
    );

    this.imageId = image.imageId;
    this.imageName = image.name;
    this.source = built === undefined ? image.imageId : image.name;
    this.digest = image.repoDigest;
    this.contentHash = built?.contentHash;
    this.declaredVolumes = built?.declaredVolumes ?? [];
    this.declaresHealthCheck = built?.declaresHealthCheck ?? false;
    this.registerOutputs({ imageId: this.imageId, imageName: this.imageName, digest: this.digest });
  }
}

/** The member that names the kind chooses the guard, so that a fault is about the image that was meant. */
function checkImageArgs(component: pulumi.Resource, name: string, args: ImageArgs): ImageArgs {
  const has = (kind: string): boolean => isStructure(args) && kind in args;
  if (has("build") && has("reference")) {
    refuse(component, "image", name, [{ path: "reference", text: "excludes build; give one of the two" }]);
  }
  return checkArgs<ImageArgs>(component, "image", name, has("reference") ? pulledGuard : builtGuard, args);
}

/** A context that cannot be read is a wrong argument like any other; its message begins with the argument's name. */
function build(component: pulumi.Resource, name: string, args: BuildArgs) {
  if (!isRepositoryComponent(name.toLowerCase())) {
    refuse(component, "image", name, [
      {
        path: "name",
        text: `must be letters, digits, and single . _ - between them, got ${JSON.stringify(name)}; it is part of the image's name`,
      },
    ]);
  }
  try {
    return prepareBuild(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, argument, text] = /^(context|dockerfile): (.*)$/s.exec(message) ?? [];
    const path = argument === undefined ? "build" : `build.${argument}`;
    return refuse(component, "image", name, [{ path, text: text ?? message }]);
  }
}
