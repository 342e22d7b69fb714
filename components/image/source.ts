import type * as pulumi from "@pulumi/pulumi";

/** Anything that stands for an image on the Docker host; an `Image` component does. */
export interface ImageSource {
  /** Docker's id of the image, `sha256:...`. */
  readonly imageId: pulumi.Output<string>;
  /** What a container is started from: the name that carries the content of a build, the id of a pulled image. */
  readonly source: pulumi.Output<string>;
  /** The name and tag under which the host knows it. */
  readonly imageName?: pulumi.Output<string> | undefined;
  /**
   * By what any host can pull exactly this image: `registry/path@sha256:...`; empty, or not there, where its host alone has it.
   */
  readonly reference?: pulumi.Output<string> | undefined;
  /** The paths that its Dockerfile declares as VOLUME, as far as that is known before the build. */
  readonly declaredVolumes?: readonly string[];
  /** Whether its Dockerfile has a HEALTHCHECK. */
  readonly declaresHealthCheck?: boolean;
  /** The host that has it, where that is known. */
  readonly hostKey?: string;
}
