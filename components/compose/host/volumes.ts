/** The volumes of a project. */

import type { Volume } from "../model/parts";

export type PlannedVolume =
  /** Created outside the project. */
  | { readonly external: string }
  | {
      readonly args: {
        readonly name: string;
        readonly driver?: string;
        readonly driverOptions?: Readonly<Record<string, string>>;
        readonly labels?: Readonly<Record<string, string>>;
      };
    };

export function plannedVolumes(volumes: Readonly<Record<string, Volume>>): Record<string, PlannedVolume> {
  return Object.fromEntries(
    Object.entries(volumes).map(([key, { name = key, driver, driver_opts: options, external, labels }]) => [
      key,
      external === true
        ? { external: name }
        : {
            args: {
              name,
              ...(driver !== undefined && driver !== "local" && { driver }),
              ...(options && Object.keys(options).length > 0 && { driverOptions: options }),
              ...(labels && Object.keys(labels).length > 0 && { labels }),
            },
          },
    ]),
  );
}
