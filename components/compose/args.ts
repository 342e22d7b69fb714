/** The arguments of a Compose project. */

import { z } from "zod";
import { flag, listOf, mapOf, mustBe, nonEmptyText, strict, text } from "../core/schema";
import type { ContainerArgs } from "../container/args";
import { type HostReference, hostReference } from "../host/args";

/** The overrides of a service: any argument of a container. */
export type ComposeOverride = Partial<Omit<ContainerArgs, "host" | "replica" | "service">>;

/** The Compose files, and what they are read with. */
export interface ComposeFiles {
  /** The Compose files, relative to Pulumi's working directory; each is merged over the previous ones. */
  readonly files: string | readonly string[];
  /**
   * Values of the variables in the files; they override `envFiles`. Of the environment of the process only the home folder is used.
   * @defaultValue HOME, the home folder, and PWD, the folder of the first file
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Variable files. @defaultValue `.env` next to the first file, if it exists */
  readonly envFiles?: readonly string[];
  /** The enabled profiles. @defaultValue those that the variable COMPOSE_PROFILES names */
  readonly profiles?: readonly string[];
  /**
   * The project name and prefix of all names on the host; it must differ between environments on one host.
   * @defaultValue as in Compose: the variable COMPOSE_PROJECT_NAME, otherwise `name` of the files, otherwise the folder name
   */
  readonly projectName?: string;
}

/**
 * Source: Compose Specification. `Service` is the type of the service names, if known;
 * `dockwright types` writes it.
 */
export interface ComposeProjectArgs<Service extends string = string> extends ComposeFiles {
  /** Arguments by service name; they override the files. */
  readonly overrides?: Readonly<Partial<Record<Service, ComposeOverride>>>;
  /** Whether Pulumi refuses to remove the volumes. @defaultValue as of a `Volume` */
  readonly protectVolumes?: boolean;
  /**
   * Whether to take over the objects that `docker compose up` created for this project: networks and volumes stay unchanged,
   * and each container is replaced like an earlier version, with its data. A preview lists what is taken over.
   * @defaultValue `false`: the run fails, names such containers and networks, and does not change them
   */
  readonly adopt?: boolean;
  /** The host. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}

/** The schema of `ComposeFiles`. */
export const composeFilesShape = {
  files: z.union([nonEmptyText, listOf(nonEmptyText).min(1, "must not be empty")], {
    error: (issue) => mustBe('a path such as "compose.yaml", or a list of paths', issue.input),
  }),
  environment: mapOf(text(), undefined, "kind").optional(),
  envFiles: listOf(nonEmptyText).optional(),
  profiles: listOf(nonEmptyText).optional(),
  projectName: text("a project name: lower-case letters, digits, - and _", (value) =>
    /^[a-z0-9][a-z0-9_-]*$/.test(value),
  ).optional(),
};

export const composeSchema: z.ZodType<ComposeProjectArgs> = strict({
  ...composeFilesShape,
  // Checked by the Container that is created from them.
  overrides: z.custom<NonNullable<ComposeProjectArgs["overrides"]>>().optional(),
  protectVolumes: flag.optional(),
  adopt: flag.optional(),
  host: hostReference.optional(),
});
