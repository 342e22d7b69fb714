/** The normalised project: every short syntax resolved, in the shape that `docker compose config --format json` prints. */

import type { ValueOf } from "../keys/aspects/key";
import { project } from "../keys/project";
import type { Report } from "../keys/aspects/shape";
import type { Plain } from "../source/node";

type Sections = ValueOf<typeof project>;

export interface Project extends Sections {
  readonly name: string;
  /** The `x-` keys at the top level. */
  readonly [extension: `x-${string}`]: unknown;
}

export type Service = Sections["services"][string];
export type Build = NonNullable<Service["build"]>;

export function decodeProject(root: Plain, name: string, report: Report): Project {
  const own = Object.entries(root ?? {}).filter(([key]) => key.startsWith("x-"));
  return { name, services: {}, ...project.decode?.(root, [], report), ...Object.fromEntries(own) };
}
