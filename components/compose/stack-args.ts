/** The arguments of a `SwarmStack`. */

import { z } from "zod";
import { reference, strict, wholeNumber } from "../core/schema";
import { type ComposeFiles, composeFilesShape } from "./args";
import { type HostReference, hostReference } from "../host/args";
import type { Registry } from "../registry/registry";
import type { SwarmServiceArgs } from "../swarm/args";

/** The overrides of a service: any argument of a `SwarmService`. */
export type SwarmStackOverride = Partial<Omit<SwarmServiceArgs, "host" | "service">>;

/**
 * Source: Docker reference, "docker stack deploy". `Service` is the type of the service names, if known;
 * `dockwright types` writes it.
 */
export interface SwarmStackArgs<Service extends string = string> extends ComposeFiles {
  /** Arguments by service name; they override the files. */
  readonly overrides?: Readonly<Partial<Record<Service, SwarmStackOverride>>>;
  /**
   * The registry to which built images are pushed, so that every node can pull them; the nodes use its login.
   * @defaultValue none: a built image is refused if there are several nodes
   */
  readonly registry?: Registry;
  /** How many previous secrets and configs of each name stay on the swarm. @defaultValue `0` */
  readonly keep?: number;
  /** A manager of the swarm. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}

export const swarmStackSchema: z.ZodType<SwarmStackArgs> = strict({
  ...composeFilesShape,
  // Checked by the SwarmService that is created from them.
  overrides: z.custom<NonNullable<SwarmStackArgs["overrides"]>>().optional(),
  registry: reference<Registry>("login", "a Registry").optional(),
  keep: wholeNumber(0, 100).optional(),
  host: hostReference.optional(),
});
