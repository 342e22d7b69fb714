/** Writes a project the way `docker compose config` does. */

import { stringify } from "yaml";

import type { Project } from "./model/model";

export type Format = "json" | "yaml";

export function printProject(project: Project, format: Format): string {
  const printed = format === "json" ? JSON.stringify(ordered(project), bigintAsNumber, 2) : asYaml(project);
  // Dollar signs are doubled, so that the output can be read again.
  return `${printed.trimEnd().replaceAll("$", "$$$$")}\n`;
}

/** Sorted by name, as Compose sorts the top level. */
function ordered(project: Project): object {
  return Object.fromEntries(Object.entries(project).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Without `null` values: they are equivalent to missing keys in YAML. */
function asYaml({ name, services, ...rest }: Project): string {
  const shown = Object.fromEntries(
    Object.entries(services).map(([key, { command, entrypoint, ...service }]) => [
      key,
      { ...(command && { command }), ...(entrypoint && { entrypoint }), ...service },
    ]),
  );
  return stringify({ name, services: shown, ...rest }, { lineWidth: 0, aliasDuplicateObjects: false });
}

function bigintAsNumber(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
