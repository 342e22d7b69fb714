import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { type BuildArgs, buildSchema, prepareBuild } from "./build";
import { type HostReference, hostFaults, hostOf, hostReference } from "../host/args";
import { imageReference, isRepositoryComponent } from "./reference";
import { bindImage } from "./lifecycle/image";
import { hostFor } from "../host/lifecycle";
import type { Registry } from "../registry/registry";

import { checkArgs, refuse } from "../core/check-args";
import { input, isStructure, reference, strict, wholeNumber } from "../core/schema";
import { currentOwner, localName } from "../core/names";
import { tokens } from "../core/tokens";

/** An image that is built. */
export interface BuiltImageArgs {
  /** What to build. A change of its content creates a new image and replaces the containers that use it. */
  readonly build: BuildArgs;
  /**
   * How many previous builds stay on the host, with the tag `kept-<hash>`: an `up` of an earlier commit uses
   * them without a build. A build that a container uses always stays, and `pulumi destroy` keeps all of them;
   * `dockwright down` removes the unused ones. A change does not affect running containers. @defaultValue `3`
   */
  readonly keepBuilds?: number;
  /** The host that builds it; the context is sent there. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}

/** An image that is pulled. */
export interface PulledImageArgs {
  /** The image reference, such as `"debian:bookworm-slim"` or `"registry.example.com/team/app@sha256:..."`. */
  readonly reference: pulumi.Input<string>;
  /** The login, in place of the one that the `docker` command has. @defaultValue that of `docker login` or a credential helper */
  readonly registry?: Registry;
  /**
   * The host that pulls it; a registry with a login must have the same host. @defaultValue that of the registry, else of the
   * `docker` command
   */
  readonly host?: HostReference;
}

/** Source: Docker reference, "docker image build" and "docker image pull". */
export type ImageArgs = BuiltImageArgs | PulledImageArgs;

/** The default of `keepBuilds`. */
const KEPT_BUILDS = 3;

const builtSchema: z.ZodType<BuiltImageArgs> = strict({
  build: buildSchema,
  keepBuilds: wholeNumber(0, 100).optional(),
  host: hostReference.optional(),
});

const pulledSchema: z.ZodType<PulledImageArgs> = strict({
  reference: input(imageReference),
  registry: reference<Registry>("provider", "a Registry").optional(),
  host: hostReference.optional(),
});

/**
 * An image on the Docker host: built from a Dockerfile and a context, or pulled by reference.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/remoteImage:RemoteImage`.
 *
 * A built image is named `<project>-<stack>/<name>:<hash>`; the hash covers exactly what the build
 * can see (Dockerfile, files not excluded by .dockerignore, arguments, target, platform). An unchanged
 * context is not rebuilt, any change is, and the preview shows it together with the containers that are replaced.
 * If the tag of a base image, or of a pulled image, has moved in its registry, a preview reports it with the reference to
 * use; an `up` never follows a moved tag.
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
  /** The reference that containers use: the name of a build, known at preview; the id of a pulled image, because its tag can move. */
  readonly source: pulumi.Output<string>;
  /** Its name and tag on the host. */
  readonly imageName: pulumi.Output<string>;
  /** Its digest in a registry; empty for an image that was only built. */
  readonly digest: pulumi.Output<string>;
  /**
   * A reference by which any host can pull exactly this image: the digest of a pulled image; undefined for a build, which exists
   * only on its host.
   */
  readonly reference: pulumi.Output<string> | undefined;
  /** The content hash of a build: 64 hexadecimal digits; undefined for a pulled image. */
  readonly contentHash: string | undefined;
  /** The paths that its Dockerfile declares as VOLUME; a container must mount something there. */
  readonly declaredVolumes: readonly string[];
  /** Whether its Dockerfile has a HEALTHCHECK; `up` then waits for it. */
  readonly declaresHealthCheck: boolean;
  /** Its host. */
  readonly hostKey: string;

  constructor(name: string, args: ImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.image, name, {}, opts);
    const checked = checkImageArgs(this, name, args);
    const built = "build" in checked ? build(this, name, checked.build) : undefined;

    const login = "registry" in checked ? checked.registry : undefined;
    const placement = hostOf(hostFor(this, checked.host ?? login?.host));

    const owner = currentOwner(opts?.parent);
    const repository = `${owner.scope}/${localName(owner, name).toLowerCase()}`;
    const tag = built?.contentHash.slice(0, 12) ?? "";
    const keep = "build" in checked ? (checked.keepBuilds ?? KEPT_BUILDS) : 0;
    const pulled =
      "reference" in checked && typeof checked.reference === "string" ? checked.reference : undefined;
    const lifecycle = bindImage(this, owner, {
      name,
      // The login for the registry is only known during the pull.
      reference: login === undefined ? pulled : undefined,
      withLogin: built === undefined && login === undefined,
      // The same is true of a tag that may have moved.
      tags: built?.baseImages ?? (login === undefined && pulled !== undefined ? [pulled] : []),
      repository,
      tag,
      names: built?.tags ?? [],
      build: built?.request,
      parts: built?.parts ?? {},
      keep,
      placement,
    });

    const image = new docker.RemoteImage(
      placement.childName(name),
      built === undefined
        ? { name: "reference" in checked ? checked.reference : "", keepLocally: true }
        : {
            name: `${repository}:${tag}`,
            // Says in the preview which file changed. It changes when the name does and costs no step of its own.
            triggers: lifecycle.triggers,
            // `keepBuilds` decides when a build is removed, and never while another version of the stack can need it.
            keepLocally: true,
          },
      // Earlier versions let the provider build: without this, its inputs in the state would replace the image once.
      {
        ...lifecycle.options,
        parent: this,
        ...placement.options,
        ...(built !== undefined && { ignoreChanges: ["build"] }),
        ...(login && { provider: login.provider }),
      },
    );

    this.hostKey = placement.key;
    this.imageId = image.imageId;
    const settled = built === undefined ? image.imageId : lifecycle.whenReady(image.imageId);
    this.imageName = image.name;
    this.source = lifecycle.source(image);
    this.digest = image.repoDigest;
    this.reference = built === undefined ? image.repoDigest : undefined;
    this.contentHash = built?.contentHash;
    this.declaredVolumes = built?.declaredVolumes ?? [];
    this.declaresHealthCheck = built?.declaresHealthCheck ?? false;
    this.registerOutputs({
      imageId: settled,
      imageName: this.imageName,
      digest: this.digest,
      // For policies, which run in a process of their own.
      ...(built !== undefined && { build: built.source }),
      ...(built?.dockerfile !== undefined && { dockerfile: built.dockerfile }),
    });
  }
}

/** The key of the kind selects the schema, so that faults are about the intended kind of image. */
function checkImageArgs(component: pulumi.Resource, name: string, args: ImageArgs): ImageArgs {
  const has = (kind: string): boolean => isStructure(args) && kind in args;
  if (has("build") && has("reference")) {
    refuse(component, "image", name, [{ path: "reference", text: "and build exclude each other; keep one" }]);
  }
  return checkArgs<ImageArgs>(
    component,
    "image",
    name,
    has("reference") ? pulledSchema : builtSchema,
    args,
    (given) =>
      given.host !== undefined && "registry" in given && given.registry !== undefined
        ? hostFaults("image", given.host, [{ path: "registry", on: given.registry }])
        : [],
  );
}

/** An unreadable context is an invalid argument; its message begins with the name of the argument. */
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
