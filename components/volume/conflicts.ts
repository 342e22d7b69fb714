/** Conflicts of a volume on the host. */

import type { Owner } from "../core/names";
import type { Conflict } from "../deployment/plan/conflict";
import {
  adoptRemedy,
  type HostObject,
  type HostView,
  type HostVolume,
  isOfStack,
  isOwn,
  ownerOf,
} from "../deployment/look/host-view";
import { byteText } from "../core/text/bytes";
import { identityLabel, isOfCompose } from "../deployment/look/labels";

interface Wanted {
  readonly name: string;
  readonly hostName: string;
  readonly driver: string;
  /** Reads the size of a volume: slow, so it is only used if the size is reported. Undefined if the Engine does not know it. */
  readonly bytesIn: (hostName: string) => Promise<number | undefined>;
}

/**
 * An unmanaged volume with that name is only used with consent, because Docker would reuse it with its data. If
 * one of our containers mounts it, consent was given. A volume that this stack left when it was destroyed is used
 * again: no other deployment runs with its former identity.
 */
function isForeign(view: HostView, owner: Owner, volume: HostObject): boolean {
  return owner.adopts !== true && isOthers(view, owner, volume);
}

/** The same without consent. */
export function isOthers(view: HostView, owner: Owner, { name, labels }: HostObject): boolean {
  const { containers, identity } = view;
  const isMounted = containers.some(
    (each) => isOwn(each, identity) && each.volumes.some((volume) => volume.name === name),
  );
  return (
    !isOwn({ labels }, identity) &&
    !isMounted &&
    !isFormer(view, owner, labels) &&
    !isLeftByCompose(view, owner, { name, labels })
  );
}

/**
 * True for a volume that `docker compose down` left for the same Compose project: the next `docker compose up` would
 * also reuse it.
 */
function isLeftByCompose({ containers }: HostView, owner: Owner, { name, labels }: HostObject): boolean {
  return (
    owner.prefix !== undefined &&
    isOfCompose(labels, owner.scope) &&
    !containers.some(({ volumes }) => volumes.some((each) => each.name === name))
  );
}

/** True for a volume that an earlier deployment of this stack left. */
export function isFormer(
  { containers }: Pick<HostView, "containers">,
  owner: Owner,
  labels: HostObject["labels"],
): boolean {
  const maker = labels[identityLabel];
  return isOfStack(labels, owner) && (maker === undefined || !containers.some((each) => isOwn(each, maker)));
}

/** Docker would reuse the volume of another stack, and both stacks would write to it. */
export async function volumeConflicts(
  view: HostView,
  owner: Owner,
  { name, hostName, driver, bytesIn }: Wanted,
): Promise<Conflict[]> {
  const { volumes, engine } = view;
  const what = `volume "${name}"`;
  const holder = volumes.find((each) => each.name === hostName);
  return [
    ...(holder !== undefined && isForeign(view, owner, holder)
      ? [
          {
            what,
            why: `the name ${hostName} on the host belongs to a volume created by ${ownerOf(holder.labels, owner)} (${volumeFacts(holder, await bytesIn(hostName))}); it would be used with its data`,
            next: adoptRemedy(owner, holder.labels, 'give this one another name (name: "...")'),
          },
        ]
      : []),
    // An existing volume keeps its driver.
    ...(holder === undefined && engine.volumeDrivers.length > 0 && !engine.volumeDrivers.includes(driver)
      ? [
          {
            what,
            why: `the host does not have the volume driver ${driver}`,
            next: `choose one of ${engine.volumeDrivers.join(", ")}, or docker plugin install ${driver}`,
          },
        ]
      : []),
  ];
}

/**
 * The message if the driver or options of a volume differ from the program: Docker only sets them at the creation. The values
 * can be secret, so they are not shown.
 *
 * @param isMade whether this stack created it; otherwise options that the program does not set are not compared
 */
export function optionsText(
  { name, driver, options }: HostVolume,
  wanted: { readonly driver: string; readonly driverOptions: Readonly<Record<string, string>> | undefined },
  isMade: boolean,
): string | undefined {
  const given = wanted.driverOptions ?? (isMade ? {} : options);
  const keys = [...new Set([...Object.keys(given), ...Object.keys(options)])];
  const different = [
    ...(wanted.driver === driver || (!isMade && wanted.driver === "local") ? [] : ["driver"]),
    ...keys.filter((key) => given[key] !== options[key]).map((key) => `driverOptions.${key}`),
  ];
  if (different.length === 0) return undefined;
  return `${different.join(", ")} of the program not applied: ${name} exists and keeps the settings it was created with. To apply them, add a second Volume with these settings, copy the data there and mount that; or, if the data can be deleted: remove its containers, docker volume rm ${name}, then pulumi up`;
}

/** `created 2026-01-31T12:00:00Z, 12.3 MB`. */
export function volumeFacts({ createdAt }: HostVolume, bytes: number | undefined): string {
  return `${createdAt === "" ? "of unknown age" : `created ${createdAt}`}, ${bytes === undefined ? "of unknown size" : byteText(bytes)}`;
}
