/** The logging driver of a container. */

import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { input, mapOf, nonEmptyText, strict, text } from "../core/schema";

/** Changing it replaces the container. Source: Docker reference, "Configure logging drivers". */
export interface Logging {
  /**
   * A logging driver of the Engine, such as `"json-file"`, `"journald"` or `"none"`, or `"default"`: the one that the Engine is
   * configured to use.
   */
  readonly driver: string;
  /** The driver's options, such as `{ "max-size": "10m", "max-file": "3" }`; values are text. */
  readonly options?: Readonly<Record<string, pulumi.Input<string>>>;
}

export const logging: z.ZodType<Logging> = strict(
  {
    driver: nonEmptyText,
    options: mapOf(input(text())).optional(),
  },
  { what: 'an object such as { driver: "journald" }' },
);

/** The driver that the Engine is configured to use: the container names none. */
export const ENGINE_DRIVER = "default";

/** The default: logs that cannot fill the disk. */
export const defaultLogging = {
  driver: "json-file",
  options: { "max-file": "3", "max-size": "10m" },
} satisfies Logging;

export function loggingInputs({ driver, options = {} }: Logging) {
  return {
    ...(driver !== ENGINE_DRIVER && { logDriver: driver }),
    ...(Object.keys(options).length > 0 && { logOpts: { ...options } }),
  };
}
