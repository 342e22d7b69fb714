/** The images of a project: one per built service, and one per pulled reference. */

import { isAbsolute, relative } from "node:path";

import { showValue } from "../../core/text/message";
import type { BuildArgs } from "../../image/build";
import type { Build, Service } from "../model/model";
import type { Finding } from "./finding";
import { withValues } from "./arguments/quantities";

export type PlannedImage =
  | { readonly build: Omit<BuildArgs, "dockerfile"> & { readonly dockerfile?: string } }
  | { readonly inline: string; readonly build: Omit<BuildArgs, "dockerfile"> }
  | { readonly reference: string };

/** The key of a service's image. */
export function imageKey(name: string, { build, image }: Service): string {
  return build === undefined ? (image ?? name).replace(/[^a-zA-Z0-9]+/g, "-") : name;
}

export function plannedImages(
  services: Readonly<Record<string, Service>>,
  fault: Finding,
): Record<string, PlannedImage> {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      imageKey(name, service),
      service.build === undefined
        ? { reference: service.image ?? "" }
        : built(service.build, (key, text) => fault(["services", name, "build", ...key], text)),
    ]),
  );
}

function built(build: Build, fault: Finding): PlannedImage {
  const { context = ".", dockerfile, dockerfile_inline: inline, target, platforms = [] } = build;
  if (/^[a-z]+:\/\/|^git@|\.git(#|$)/.test(context))
    fault(["context"], `must be a folder of this machine, got ${showValue(context)}; clone it first`);
  if (platforms.length > 1) fault(["platforms"], "must name one platform at most: a host runs one");
  // With a variable without a value, the Dockerfile's default applies.
  const args = withValues(build.args ?? {});
  const common = {
    context,
    ...(target !== undefined && { target }),
    ...(Object.keys(args).length > 0 && { args }),
    ...(build.labels && { labels: build.labels }),
    ...(platforms[0] !== undefined && { platform: platforms[0] }),
    ...(build.no_cache === true && { noCache: true }),
  };
  if (inline !== undefined) return { inline, build: common };
  const below =
    dockerfile !== undefined && isAbsolute(dockerfile) ? relative(context, dockerfile) : dockerfile;
  if (below?.split("/").includes("..") === true)
    fault(["dockerfile"], "must lie below the context; move it there, or write it as dockerfile_inline");
  return {
    build: { ...common, ...(below !== undefined && below !== "Dockerfile" && { dockerfile: below }) },
  };
}
