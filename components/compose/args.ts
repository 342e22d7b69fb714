/** The arguments of a Compose project. */

import { z } from "zod";
import { flag, listOf, mapOf, mustBe, nonEmptyText, strict, text } from "../core/guard";
import type { ContainerArgs } from "../container/args";
import { type HostReference, hostReference } from "../host/args";

/** What may be said of a service in the place of its file: any argument of a container. */
export type ComposeOverride = Partial<Omit<ContainerArgs, "host" | "replica" | "service">>;

/** The Compose files, and what they are read with. */
export interface ComposeFiles {
  /** The Compose files, relative to where Pulumi runs; each is laid over those before it. */
  readonly files: string | readonly string[];
  /** What variables in the files stand for; those of the process are not looked at. They win over `envFiles`. @defaultValue none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of more variables. @defaultValue `.env` beside the first file, where there is one */
  readonly envFiles?: readonly string[];
  /** The profiles that are switched on. @defaultValue those that the variable COMPOSE_PROFILES names */
  readonly profiles?: readonly string[];
  /**
   * What everything on the host begins with: one for each environment on one host.
   * @defaultValue as Compose has it: the variable COMPOSE_PROJECT_NAME, else `name` of the files, else the folder's name
   */
  readonly projectName?: string;
}

/**
 * Source: Compose Specification. `Service` holds the names of the files' services where they are known, as
 * `dockwright types` writes them.
 */
export interface ComposeProjectArgs<Service extends string = string> extends ComposeFiles {
  /** By service: arguments that replace what the files come to. */
  readonly overrides?: Readonly<Partial<Record<Service, ComposeOverride>>>;
  /** Whether Pulumi refuses to remove the volumes. @defaultValue as of a `Volume` */
  readonly protectVolumes?: boolean;
  /**
   * Whether to take over what `docker compose up` runs of this project: its networks and volumes stay as they are, and each
   * container is replaced as if it were an earlier version, with its data. A preview names what is taken over.
   * @defaultValue `false`: such containers and networks are named in an error, and not touched
   */
  readonly adopt?: boolean;
  /** Where it runs. @defaultValue the host of DOCKER_HOST, or the local socket */
  readonly host?: HostReference;
}

/** The guards of `ComposeFiles`. */
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

export const composeGuard: z.ZodType<ComposeProjectArgs> = strict({
  ...composeFilesShape,
  // Judged by the Container that they become.
  overrides: z.custom<NonNullable<ComposeProjectArgs["overrides"]>>().optional(),
  protectVolumes: flag.optional(),
  adopt: flag.optional(),
  host: hostReference.optional(),
});
