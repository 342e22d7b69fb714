/** Reads a Dockerfile as a subject, and the facts about its image. */

import { instructions } from "../../image/dockerfile/read";
import { healthCheckOf, userOf } from "../stages";
import type { DockerfileSubject, ImageFacts } from "../subject";

export function readDockerfile(
  text: string,
  { name, file, target }: { readonly name: string; readonly file?: string; readonly target?: string },
): DockerfileSubject {
  return { name, file, target, instructions: instructions(text) };
}

/** The image that is built from it; the settings of its base image are not known. */
export function imageOf(dockerfile: DockerfileSubject, reference?: string): ImageFacts {
  return {
    reference,
    built: true,
    user: userOf(dockerfile)?.rest,
    healthCheck: healthCheckOf(dockerfile),
  };
}
