import * as pulumi from "@pulumi/pulumi";

import type { Deployment } from "./deployment";
import { type HostObject, ownerOf } from "./look/host-view";

import type { Owner } from "../core/names";

/**
 * Reports in a preview that an unmanaged object is taken over.
 *
 * @param found - the object to take over; `undefined` reports nothing
 * @param what - such as `volume "data"`
 * @param hostName - its name on the host
 * @param how - such as `unchanged`
 */
export function tellTakeOver<O extends HostObject>(
  run: Deployment,
  owner: Owner,
  component: pulumi.Resource,
  found: Promise<O | undefined>,
  what: string,
  hostName: string | Promise<string>,
  how: (object: O) => string | Promise<string>,
): void {
  if (owner.adopts !== true || !pulumi.runtime.isDryRun()) return;
  const said = found.then(async (object) => {
    if (object === undefined) return;
    const maker = ownerOf(object.labels, owner);
    const who = maker.startsWith("Compose project") ? "docker compose" : maker;
    const why = `${await hostName}, created by ${who}, is taken over ${await how(object)}`;
    await run.announcements.say([{ kind: "takeover", what, why }], component);
  });
  run.track(() => said);
}
