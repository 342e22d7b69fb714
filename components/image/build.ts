/** The build arguments of an image, and the content hash in its name. */

import path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { hostNameSchema } from "../network/host-name";
import { flag, input, listOf, mapOf, mustBe, nonEmptyText, oneOf, strict, text } from "../core/schema";
import { ipv4Address } from "../network/ip-address";
import { hashBuildContext } from "./context/disk/hash";
import { imageReference } from "./reference";
import { frontendAttributes } from "./build/attributes";
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
  /**
   * Secrets for `RUN --mount=type=secret,id=ID`, by id. They are sent to the builder during the build and stored nowhere: not
   * in a layer, the state or the output. A changed value alone does not build the image again.
   */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** The network of RUN: `"host"` for that of the host, `"none"` for none. @defaultValue `"default"` */
  readonly network?: "default" | "none" | "host";
  /**
   * Further names of the image on the host, such as `"team/app:1"`; an image that has one of them loses it. They are set when
   * everything in the `up` is ready. A change does not build the image again. @defaultValue none
   */
  readonly tags?: readonly string[];
  /** Additional names for RUN, with their addresses, such as `{ "db.internal": "10.0.0.5" }`. */
  readonly extraHosts?: Readonly<Record<string, string>>;
}

const NETWORKS = ["default", "none", "host"] as const;

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
  secrets: mapOf(
    input(text("text", undefined, "kind")),
    text("an id of letters, digits, . _ and -", (id) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(id)),
  ).optional(),
  network: oneOf(NETWORKS).optional(),
  tags: listOf(
    imageReference.refine((tag) => !tag.includes("@"), {
      error: "must be a name and a tag, without a digest",
    }),
  ).optional(),
  extraHosts: mapOf(ipv4Address, hostNameSchema).optional(),
}).superRefine(({ context, dockerfile }, refinement) => {
  if (context === undefined && typeof (dockerfile ?? "") === "string") {
    refinement.addIssue({
      code: "custom",
      path: ["context"],
      message: "is required: the folder that holds the Dockerfile",
    });
  }
});

/** What BuildKit is asked for. */
export interface BuildRequest {
  /** Undefined for a Dockerfile that copies nothing. */
  readonly context:
    | {
        /** Absolute. */
        readonly folder: string;
        /** The Dockerfile relative to it; undefined for one that is given as text. */
        readonly dockerfile: string | undefined;
      }
    | undefined;
  readonly dockerfile: { readonly name: string; readonly text: string };
  /** Options of BuildKit's Dockerfile frontend. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What a step may do beyond the usual. */
  readonly entitlements: readonly string[];
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Hashes what the build can see and translates the rest; throws where the context cannot be read. */
export function prepareBuild(args: BuildArgs) {
  const { context, dockerfile = "Dockerfile", target, args: values, labels, platform } = args;
  const { network, extraHosts, secrets = {} } = args;
  const typed = textOf(dockerfile);
  const seen = hashBuildContext({
    context,
    dockerfile: typeof dockerfile === "string" ? dockerfile : { text: typed ?? "" },
    ...(target !== undefined && { target }),
    ...(values !== undefined && { args: values }),
    ...(labels !== undefined && { labels }),
    ...(platform !== undefined && { platform }),
    ...(network !== undefined && { network }),
    ...(extraHosts !== undefined && { extraHosts }),
  });
  const name = path.basename(seen.dockerfilePath ?? "Dockerfile");
  const request: BuildRequest = {
    context:
      context === undefined ? undefined : { folder: path.resolve(context), dockerfile: seen.dockerfilePath },
    dockerfile: { name, text: seen.dockerfile },
    attributes: frontendAttributes(args, name),
    entitlements: network === "host" ? ["network.host"] : [],
    secrets,
  };
  return {
    contentHash: seen.hash,
    baseImages: baseImages(seen.dockerfile, values),
    parts: seen.parts,
    declaredVolumes: declaredVolumes(seen.dockerfile, target),
    declaresHealthCheck: declaredHealthCheck(seen.dockerfile, target),
    request,
    tags: args.tags ?? [],
    /** The text of a typed Dockerfile, which has no file. */
    dockerfile: typed,
    /** Where the files are, and what of them is built. */
    source: {
      ...(typed === undefined && { context, dockerfile: seen.dockerfilePath }),
      ...(target !== undefined && { target }),
    },
  };
}

/** Undefined if it is the path of a file. */
function textOf(dockerfile: NonNullable<BuildArgs["dockerfile"]>): string | undefined {
  if (typeof dockerfile === "string") return undefined;
  return dockerfile instanceof Dockerfile ? dockerfile.toString() : dockerfile.text;
}
