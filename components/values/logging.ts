/** Where the output of a container goes. */

import type { z } from "zod";
import { mapOf, nonEmptyText, strict, text } from "../internal/guard";

/** Changing it replaces the container. Source: Docker reference, "Configure logging drivers". */
export interface Logging {
  /** A logging driver that the Engine has, such as `"json-file"`, `"journald"` or `"none"`. */
  readonly driver: string;
  /** The driver's options, such as `{ "max-size": "10m", "max-file": "3" }`; values are text. */
  readonly options?: Readonly<Record<string, string>>;
}

export const logging: z.ZodType<Logging> = strict(
  {
    driver: nonEmptyText,
    options: mapOf(text()).optional(),
  },
  { what: 'an object such as { driver: "journald" }' },
);

/** Logs that cannot fill the disk. */
export const defaultLogging: Logging = {
  driver: "json-file",
  options: { "max-file": "3", "max-size": "10m" },
};

export function loggingInputs({ driver, options = {} }: Logging) {
  return { logDriver: driver, ...(Object.keys(options).length > 0 && { logOpts: { ...options } }) };
}
