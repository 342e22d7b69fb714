/** Reads the Compose files of a component, and the files that they reference. */

import { resolve } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { folderVariables, readIfThere } from "./disk";
import { ComposeError, type ComposeFault, formatFault } from "./source/faults";
import type { KnownVariables } from "./variables/filled";
import { type Loaded, loadCompose } from "./load";
import { nearPath } from "./source/near";
import type { Path } from "./source/node";
import type { Origins } from "./source/origins";
import type { Origin } from "./host/arguments/files";
import type { PlannedImage } from "./host/images";
import { traced } from "./host/traced";
import type { Kind } from "./host/words";
import { hostLimits } from "./support/limits";
import type { Limit } from "./keys/aspects/limit";
import type { ComposeFiles } from "./args";
import type { ImageArgs } from "../image/image";

import { refuse } from "../core/check-args";
import { readRegularFile } from "../core/disk";
import { tell } from "../core/tell";

interface Judged<Plan> {
  readonly plan: Plan;
  readonly errors: readonly ComposeFault[];
  readonly warnings: readonly ComposeFault[];
}

/** The plan of the files, and the origins of its texts. */
export interface Reading<Plan> extends Pick<Loaded, "origins" | "variables"> {
  readonly plan: Plan;
}

/** Reads the files; throws if the files or their plan have faults. */
export function readFiles<Plan>(
  component: pulumi.Resource,
  args: ComposeFiles,
  judge: (loaded: Loaded) => Judged<Plan>,
  limits: readonly Limit[] = hostLimits,
): Reading<Plan> {
  const files = typeof args.files === "string" ? [args.files] : args.files;
  try {
    const loaded = loadCompose({
      files,
      environment: { ...folderVariables(files), ...args.environment },
      ...(args.envFiles && { envFiles: args.envFiles }),
      ...(args.profiles && { profiles: args.profiles }),
      ...(args.projectName !== undefined && { projectName: args.projectName }),
      workingDirectory: resolve("."),
      read: readIfThere,
      limits,
    });
    const { plan, errors, warnings } = judge(loaded);
    const faults = [...errors, ...unsetSources(loaded)];
    if (faults.length > 0) throw new ComposeError(faults);
    for (const warning of warnings) void tell("warn", formatFault(warning).trim(), component);
    return { plan, origins: loaded.origins, variables: loaded.variables };
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    throw new pulumi.ResourceError(error.message, component, true);
  }
}

/** Reports secrets and configs whose variable is not set: they would be empty. */
function unsetSources({ model, variables, placed }: Loaded): ComposeFault[] {
  return (["secrets", "configs"] as const).flatMap((section) =>
    Object.entries<{ readonly environment?: string }>(model[section] ?? {}).flatMap(
      ([key, { environment: variable }]) =>
        variable === undefined || variables.values[variable] !== undefined
          ? []
          : placed({
              path: [section, key, "environment"],
              text: `uses the variable ${variable}, which is not set; set it in environment of the component, or in a variable file`,
            }),
    ),
  );
}

/** Marks values of variable files as secret, in arguments that can contain a secret. */
export function withSecrets<T extends object>(kind: Kind, args: T, at: Path, origins: Origins): T {
  return traced(kind, args, at, origins, (text, { isSecret }) => (isSecret ? pulumi.secret(text) : text));
}

/** True if a variable file set the content of a config, or a part of it. */
export function isSecretContent(
  key: string,
  from: Origin,
  { origins, variables }: Pick<Loaded, "origins" | "variables">,
): boolean {
  if ("variable" in from) return variables.fromFiles.has(from.variable);
  return "content" in from && origins.of(["configs", key, "content"], from.content)?.isSecret === true;
}

/** Refuses overrides of unknown services. */
export function checkOverrides(
  component: pulumi.Resource,
  kind: string,
  name: string,
  services: readonly { readonly name: string }[],
  overrides: object = {},
): void {
  const known = services.map((service) => service.name);
  const faults = Object.keys(overrides)
    .filter((each) => !known.includes(each))
    .map((each) => ({
      path: `overrides.${each}`,
      text: `must be a service of the files, known: ${known.join(", ")}`,
    }));
  if (faults.length > 0) refuse(component, kind, name, faults);
}

/** The bytes of a secret or a config; `whose` is the start of the error, such as `compose project "blog"`. */
export function bytesOf(
  component: pulumi.Resource,
  whose: string,
  from: Origin,
  { values }: KnownVariables,
): Buffer {
  if ("variable" in from) return Buffer.from(values[from.variable] ?? "");
  if ("content" in from) return Buffer.from(from.content);
  try {
    return readRegularFile(from.file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `${whose}: the file of a secret or config cannot be read (${why}); write it, or correct its path in the Compose file`;
    throw new pulumi.ResourceError(text, component, true);
  }
}

/** The arguments of the image, with the context relative to the working directory. */
export function imageArgs(planned: PlannedImage, bytes: (from: Origin) => Buffer): ImageArgs {
  if ("reference" in planned) return planned;
  const { build, inline, secrets } = planned;
  return {
    build: {
      ...build,
      context: nearPath(resolve("."), build.context ?? "."),
      ...(inline !== undefined && { dockerfile: { text: inline } }),
      ...(secrets && {
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([id, from]) => [id, pulumi.secret(bytes(from).toString())]),
        ),
      }),
    },
  };
}

/** A child that names its object by plain arguments: only the provider's inputs are marked as secret. */
export function hidingOptions(
  inputs: readonly string[],
  isSecret: boolean,
  of: { readonly parent: pulumi.Resource },
): pulumi.ComponentResourceOptions {
  if (!isSecret) return of;
  const hide: pulumi.ResourceTransformation = ({ props, opts }) => {
    const hidden = Object.entries(props).map(([key, value]: [string, unknown]): [string, unknown] => [
      key,
      inputs.includes(key) ? pulumi.secret(value) : value,
    ]);
    return { props: Object.fromEntries(hidden), opts };
  };
  return { ...of, transformations: [hide] };
}
