/** The VOLUME paths of a plan's Dockerfiles that no mount of the file covers. */

import { resolve } from "node:path";

import { declaredVolumes } from "../../image/dockerfile";
import type { ReadFile } from "../source/files";
import type { PlannedImage } from "./images";
import { uncovered } from "./arguments/mounts";
import type { ComposePlan } from "./plan";

/** The plan with a volume for each of these paths, as a `ComposeProject` creates it when the image is known. */
export function withDeclaredVolumes(plan: ComposePlan, read: ReadFile): ComposePlan {
  return {
    ...plan,
    services: plan.services.map((service) => {
      const { mounts = [] } = service.args;
      const more = uncovered(declaredBy(plan.images[service.image], read), mounts);
      if (more.length === 0) return service;
      return { ...service, args: { ...service.args, mounts: [...mounts, ...more] } };
    }),
  };
}

function declaredBy(image: PlannedImage | undefined, read: ReadFile): readonly string[] {
  if (image === undefined || "reference" in image) return [];
  const { context = ".", target } = image.build;
  const text = image.inline ?? read(resolve(context, image.build.dockerfile ?? "Dockerfile")) ?? "";
  return declaredVolumes(text, target);
}
