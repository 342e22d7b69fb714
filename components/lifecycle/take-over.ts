import * as pulumi from "@pulumi/pulumi";

import type { Owner } from "../internal/names";
import { tell } from "../internal/tell";
import type { Run } from "./run";

/**
 * Tells in a preview that something is taken over which `docker compose up` made.
 *
 * @param found - whatever stands there; nothing is said where that is `undefined`
 */
export function tellTakeOver(
  run: Run,
  { adopts }: Owner,
  component: pulumi.Resource,
  found: Promise<unknown>,
  what: string,
  how: string,
): void {
  if (adopts !== true || !pulumi.runtime.isDryRun()) return;
  const said = found.then(async (object) => {
    if (object !== undefined)
      await tell("info", `${what}, which docker compose made, is taken over ${how}`, component);
  });
  run.tasks.push(said);
}
