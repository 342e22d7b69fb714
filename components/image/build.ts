/** The build arguments of an image, and the content hash in its name. */

import path from "node:path";
import { z } from "zod";
import { flag, mapOf, mustBe, nonEmptyText, strict, text } from "../core/schema";
import { hashBuildContext } from "./context/disk/hash";
import { type StagedContext, stagedContext } from "./context/disk/stage";
import { baseImages, declaredHealthCheck, declaredVolumes, Dockerfile } from "./dockerfile";

/** Source: Docker reference, "docker image build". Every change that the build can see creates a new image. */
export interface BuildArgs {
  /** The folder that COPY reads, relative to where Pulumi runs. @defaultValue an empty one, for a typed Dockerfile that copies nothing */
  readonly context?: string;
  /** A path below the context, a typed Dockerfile, or the text of one. @defaultValue `"Dockerfile"` */
  readonly dockerfile?: string | Dockerfile<string, string> | { readonly text: string };
  /** The stage to build. @defaultValue the last one */
  readonly target?: string;
  /** Values for ARG. The image history shows them, so do not use them for secrets. */
  readonly args?: Readonly<Record<string, string>>;
  /** Labels of the image. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Operating system and architecture, such as `"linux/arm64"`. @defaultValue the host's */
  readonly platform?: string;
  /** Build without the layer cache. @defaultValue `false` */
  readonly noCache?: boolean;
}

const dockerfilePath = text(
  'a path below the context, such as "Dockerfile"',
  (value) => value !== "" && !path.isAbsolute(value) && !value.split("/").includes(".."),
);

export const buildSchema: z.ZodType<BuildArgs> = strict({
  context: nonEmptyText.optional(),
  dockerfile: z
    .union(
      [
        dockerfilePath,
        z.custom<Dockerfile<string, string>>((value) => value instanceof Dockerfile),
        strict({ text: nonEmptyText }),
      ],
      {
        error: (issue) =>
          mustBe("a path below the context, a typed Dockerfile, or an object with its text", issue.input),
      },
    )
    .optional(),
  target: text("the name of a stage", (value) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(value)).optional(),
  args: mapOf(text()).optional(),
  labels: mapOf(text()).optional(),
  platform: text('a platform such as "linux/amd64"', (value) =>
    /^[a-z]+\/[a-z0-9]+(\/v\d+)?$/.test(value),
  ).optional(),
  noCache: flag.optional(),
}).superRefine(({ context, dockerfile }, refinement) => {
  if (context === undefined && typeof (dockerfile ?? "") === "string") {
    refinement.addIssue({
      code: "custom",
      path: ["context"],
      message: "is required: the folder that holds the Dockerfile",
    });
  }
});

/** Hashes what the build can see, and translates the arguments; throws if the context cannot be read. */
export function prepareBuild({ context, dockerfile = "Dockerfile", ...rest }: BuildArgs) {
  const { target, args, labels, platform, noCache } = rest;
  const typed = textOf(dockerfile);
  const seen = hashBuildContext({
    context,
    dockerfile: typeof dockerfile === "string" ? dockerfile : { text: typed ?? "" },
    ...(target !== undefined && { target }),
    ...(args !== undefined && { args }),
    ...(labels !== undefined && { labels }),
    ...(platform !== undefined && { platform }),
  });
  const staged: StagedContext | undefined =
    typed === undefined ? undefined : stagedContext(context, typed, seen.hash);
  return {
    contentHash: seen.hash,
    baseImages: baseImages(seen.dockerfile, args),
    parts: seen.parts,
    declaredVolumes: declaredVolumes(seen.dockerfile, target),
    declaresHealthCheck: declaredHealthCheck(seen.dockerfile, target),
    /** The text of a typed Dockerfile, which is not in a file. */
    dockerfile: typed,
    /** The files needed on disk during the build. */
    staged,
    inputs: {
      // Only a typed Dockerfile needs no context.
      context: staged?.folder ?? context ?? "",
      dockerfile: seen.dockerfilePath ?? "Dockerfile",
      // The provider's other builder always uses the local Engine, also with another host.
      useLegacyBuilder: true,
      forceRemove: true,
      ...(target !== undefined && { target }),
      ...(args !== undefined && { buildArgs: { ...args } }),
      ...(labels !== undefined && { labels: { ...labels } }),
      ...(platform !== undefined && { platform }),
      ...(noCache === true && { noCache }),
    },
  };
}

/** Undefined if it is the path of a file. */
function textOf(dockerfile: NonNullable<BuildArgs["dockerfile"]>): string | undefined {
  if (typeof dockerfile === "string") return undefined;
  return dockerfile instanceof Dockerfile ? dockerfile.toString() : dockerfile.text;
}
