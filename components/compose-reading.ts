/** What a component that stands for Compose files reads of this machine: the files, and what they lead to. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { readIfThere } from "./compose/disk";
import { ComposeError, type ComposeFault, formatFault } from "./compose/faults";
import { type Loaded, loadCompose } from "./compose/load";
import { nearPath } from "./compose/near";
import type { Origin } from "./compose/plan/files";
import type { PlannedImage } from "./compose/plan/images";
import { hostLimits } from "./compose/support";
import type { Limit } from "./compose/keys/limit";
import type { ComposeFiles } from "./values/compose-args";
import type { ImageArgs } from "./image";

import { refuse } from "./internal/check-args";
import { tell } from "./internal/tell";

interface Judged<Plan> {
  readonly plan: Plan;
  readonly errors: readonly ComposeFault[];
  readonly warnings: readonly ComposeFault[];
}

/** The plan of the files; throws where they, or what is made of them, have faults. */
export function planOf<Plan>(
  component: pulumi.Resource,
  args: ComposeFiles,
  judge: (loaded: Loaded) => Judged<Plan>,
  limits: readonly Limit[] = hostLimits,
): Plan {
  try {
    const loaded = loadCompose({
      files: typeof args.files === "string" ? [args.files] : args.files,
      environment: args.environment ?? {},
      ...(args.envFiles && { envFiles: args.envFiles }),
      ...(args.profiles && { profiles: args.profiles }),
      ...(args.projectName !== undefined && { projectName: args.projectName }),
      workingDirectory: resolve("."),
      read: readIfThere,
      limits,
    });
    const { plan, errors, warnings } = judge(loaded);
    if (errors.length > 0) throw new ComposeError(errors);
    for (const warning of warnings) void tell("warn", formatFault(warning).trim(), component);
    return plan;
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    throw new pulumi.ResourceError(error.message, component, true);
  }
}

/** Refuses overrides of services that the files do not have. */
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
      text: `must name a service of the files, known: ${known.join(", ")}`,
    }));
  if (faults.length > 0) refuse(component, kind, name, faults);
}

/** The bytes of a secret or a config; `whose` begins the error, as `compose project "blog"`. */
export function bytesOf(
  component: pulumi.Resource,
  whose: string,
  from: Origin,
  environment: ComposeFiles["environment"] = {},
): Buffer {
  if (!("file" in from))
    return Buffer.from("variable" in from ? (environment[from.variable] ?? "") : from.content);
  try {
    return readFileSync(from.file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `${whose}: the file of a secret or config cannot be read (${why}); write it, or correct its path in the Compose file`;
    throw new pulumi.ResourceError(text, component, true);
  }
}

/** The arguments of the image, with a context as it is written from here. */
export function imageArgs(planned: PlannedImage): ImageArgs {
  if ("reference" in planned) return planned;
  const build = { ...planned.build, context: nearPath(resolve("."), planned.build.context ?? ".") };
  return { build: "inline" in planned ? { ...build, dockerfile: { text: planned.inline } } : build };
}
