import type * as pulumi from "@pulumi/pulumi";

/** Anything that stands for an image on the Docker host; an `Image` component does. */
export interface ImageSource {
  /** Docker's id of the image, `sha256:...`. */
  readonly imageId: pulumi.Output<string>;
}
