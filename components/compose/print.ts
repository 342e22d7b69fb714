/** Writes a project the way `docker compose config` does. */

import { stringify } from "yaml";

import type { Project, Service } from "./model/model";
import type { Mount } from "./model/parts";

export type Format = "json" | "yaml";

export function printProject(project: Project, format: Format): string {
  const shown = { ...project, services: mapped(project.services, withShownMounts) };
  const printed = format === "json" ? JSON.stringify(ordered(shown), bigintAsNumber, 2) : asYaml(shown);
  // Dollar signs are doubled, so that the output can be read again.
  return `${printed.trimEnd().replaceAll("$", "$$$$")}\n`;
}

/** Sorted by name, as Compose sorts the top level. */
function ordered(project: Project): object {
  return Object.fromEntries(Object.entries(project).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const mapped = <T>(of: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));

function withShownMounts(service: Service): Service {
  return service.volumes === undefined
    ? service
    : { ...service, volumes: service.volumes.map(withoutRefusedPath) };
}

/** Compose prints `create_host_path` only where it is true. */
function withoutRefusedPath(mount: Mount): Mount {
  if (mount.bind?.create_host_path !== false) return mount;
  const { create_host_path: _, ...bind } = mount.bind;
  return { ...mount, bind };
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
