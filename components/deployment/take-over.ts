import * as pulumi from "@pulumi/pulumi";

import type { Deployment } from "./deployment";
import { type HostObject, ownerOf } from "./look/host-view";

import type { Owner } from "../core/names";
import { tell } from "../core/tell";

/**
 * Reports in a preview that an unmanaged object is taken over.
 *
 * @param found - the object; nothing is reported if it is `undefined`
 * @param what - such as `volume "data": shop-dev-data`
 * @param how - such as `as it is`
 */
export function tellTakeOver<O extends HostObject>(
  run: Deployment,
  owner: Owner,
  component: pulumi.Resource,
  found: Promise<O | undefined>,
  what: string | Promise<string>,
  how: (object: O) => string | Promise<string>,
): void {
  if (owner.adopts !== true || !pulumi.runtime.isDryRun()) return;
  const said = found.then(async (object) => {
    if (object === undefined) return;
    const maker = ownerOf(object.labels, owner);
    const who = maker.startsWith("Compose project") ? "docker compose" : maker;
    await tell("info", `${await what}, created by ${who}, is taken over ${await how(object)}`, component);
  });
  run.track(() => said);
}
