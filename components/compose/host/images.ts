/** The images of a project: one per built service, and one per pulled reference. */

import { isAbsolute, relative } from "node:path";

import { showValue } from "../../core/text/message";
import type { BuildArgs } from "../../image/build";
import type { Build, Project, Service } from "../model/model";
import { originOf, type Origin } from "./arguments/files";
import type { Finding, Findings } from "./finding";
import { extraHostsOf } from "./arguments/hosts";
import { withValues } from "./arguments/quantities";

type PlannedBuild = Omit<BuildArgs, "dockerfile" | "secrets">;

export type PlannedImage =
  | {
      readonly build: PlannedBuild & { readonly dockerfile?: string };
      /** Undefined for a Dockerfile in the context. */
      readonly inline?: string;
      /** By id, with the source of their content. */
      readonly secrets?: Readonly<Record<string, Origin>>;
    }
  | { readonly reference: string };

/** The key of a service's image. */
export function imageKey(name: string, { build, image }: Service): string {
  return build === undefined ? (image ?? name).replace(/[^a-zA-Z0-9]+/g, "-") : name;
}

export function plannedImages(
  { services, secrets = {} }: Project,
  found: Findings,
): Record<string, PlannedImage> {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      imageKey(name, service),
      service.build === undefined
        ? pulled(name, service, found)
        : built(name, service, service.build, secrets, found),
    ]),
  );
}

/** On one host, a build also has the names that the file gives it; a Swarm names what it pushes. */
export function namedImages(
  images: Readonly<Record<string, PlannedImage>>,
  services: Project["services"],
): Record<string, PlannedImage> {
  return Object.fromEntries(
    Object.entries(images).map(([key, planned]) => {
      const { image, build } = services[key] ?? {};
      const tags = [...(image === undefined ? [] : [image]), ...(build?.tags ?? [])];
      return "reference" in planned || tags.length === 0
        ? [key, planned]
        : [key, { ...planned, build: { ...planned.build, tags } }];
    }),
  );
}

function pulled(name: string, { image = "", platform }: Service, { warn }: Findings): PlannedImage {
  if (platform !== undefined)
    warn(
      ["services", name, "platform"],
      "is the platform of the host for an image that is pulled; name the image of that platform by its digest",
    );
  return { reference: image };
}

function built(
  name: string,
  { platform }: Service,
  build: Build,
  objects: NonNullable<Project["secrets"]>,
  found: Findings,
): PlannedImage {
  const fault: Finding = (key, text) => found.fault(["services", name, "build", ...key], text);
  const { context = ".", dockerfile, dockerfile_inline: inline, target, platforms = [] } = build;
  if (/^[a-z]+:\/\/|^git@|\.git(#|$)/.test(context))
    fault(["context"], `must be a folder of this machine, got ${showValue(context)}; clone it first`);
  if (platforms.length > 1) fault(["platforms"], "must name one platform at most: a host runs one");
  // With a variable without a value, the Dockerfile's default applies.
  const args = withValues(build.args ?? {});
  const [onePlatform = platform] = platforms;
  const common: PlannedBuild = {
    context,
    ...(target !== undefined && { target }),
    ...(Object.keys(args).length > 0 && { args }),
    ...(build.labels && { labels: build.labels }),
    ...(onePlatform !== undefined && { platform: onePlatform }),
    ...(build.no_cache === true && { noCache: true }),
    ...(build.network !== undefined && { network: build.network as BuildArgs["network"] }),
    ...(build.extra_hosts && { extraHosts: extraHostsOf(build.extra_hosts, fault) }),
  };
  const secrets = secretsOf(build, objects, fault);
  const more = Object.keys(secrets).length > 0 ? { secrets } : {};
  if (inline !== undefined) return { inline, build: common, ...more };
  const below =
    dockerfile !== undefined && isAbsolute(dockerfile) ? relative(context, dockerfile) : dockerfile;
  if (below?.split("/").includes("..") === true)
    fault(["dockerfile"], "must lie below the context; move it there, or write it as dockerfile_inline");
  return {
    build: { ...common, ...(below !== undefined && below !== "Dockerfile" && { dockerfile: below }) },
    ...more,
  };
}

/** By the id under which a step of the Dockerfile mounts them. */
function secretsOf(
  { secrets = [] }: Build,
  objects: NonNullable<Project["secrets"]>,
  fault: Finding,
): Record<string, Origin> {
  return Object.fromEntries(
    secrets.flatMap(({ source = "", target = source }, index) => {
      const from = originOf(objects[source] ?? {});
      if (from === undefined) fault(["secrets", index], `needs a file or a variable for ${source}`);
      return from === undefined ? [] : [[target, from]];
    }),
  );
}
