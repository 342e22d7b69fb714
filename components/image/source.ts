import type * as pulumi from "@pulumi/pulumi";

/** A reference to an image on the Docker host, such as an `Image` component. */
export interface ImageSource {
  /** Docker's id of the image, `sha256:...`. */
  readonly imageId: pulumi.Output<string>;
  /** The reference for containers: the name of a build, which contains its content hash, or the id of a pulled image. */
  readonly source: pulumi.Output<string>;
  /** Its name and tag on the host. */
  readonly imageName?: pulumi.Output<string> | undefined;
  /**
   * A reference by which any host can pull exactly this image: `registry/path@sha256:...`; empty or undefined if it exists only
   * on its host.
   */
  readonly reference?: pulumi.Output<string> | undefined;
  /** The paths that its Dockerfile declares as VOLUME, if known before the build. */
  readonly declaredVolumes?: readonly string[];
  /** Whether its Dockerfile has a HEALTHCHECK. */
  readonly declaresHealthCheck?: boolean;
  /** Its host, if known. */
  readonly hostKey?: string;
}
