/** What stands in the way of a volume on the host. */

import type { Owner } from "../internal/names";
import type { Conflict } from "./conflict";
import { type HostView, isOwn, ownerOf } from "./host-view";

interface Wanted {
  readonly name: string;
  readonly hostName: string;
  readonly driver: string;
}

/** Docker would hand out a volume of another stack, and both would write to it. */
export function volumeConflicts(
  { volumes, engine }: HostView,
  owner: Owner,
  { name, hostName, driver }: Wanted,
): Conflict[] {
  const what = `volume "${name}"`;
  const holder = volumes.find((each) => each.name === hostName);
  const ofAnotherStack =
    holder !== undefined && holder.labels["io.dockwright.project"] !== undefined && !isOwn(holder, owner);
  return [
    ...(ofAnotherStack
      ? [
          {
            what,
            why: `the name ${hostName} on the host belongs to a volume that ${ownerOf(holder.labels)} made`,
            next: 'give this one another name (name: "...")',
          },
        ]
      : []),
    // One that stands there keeps the driver that it was made with.
    ...(holder === undefined && engine.volumeDrivers.length > 0 && !engine.volumeDrivers.includes(driver)
      ? [
          {
            what,
            why: `the host has no volume driver ${driver}`,
            next: `choose one of ${engine.volumeDrivers.join(", ")}, or docker plugin install ${driver}`,
          },
        ]
      : []),
  ];
}
