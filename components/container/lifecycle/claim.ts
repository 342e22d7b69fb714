/** Reserves the names, ports and addresses of a container: two containers of a program cannot have the same. */

import type * as pulumi from "@pulumi/pulumi";

import { refuse } from "../../core/check-args";
import { claims } from "../../core/claims";
import { type Claim, clashFaults } from "../ports/published";
import type { ContainerSpec } from "../schema";

/** Reserves them for one container. Throws an error that names the other component. */
export function makeClaim(
  component: pulumi.Resource,
  kind: "container" | "job",
  { claim, placement }: Pick<ContainerSpec, "claim" | "placement">,
): void {
  const taken = claims<Claim>("container", component, placement.options.provider);
  const faults = clashFaults(claim, taken);
  if (faults.length > 0) refuse(component, kind, claim.name, faults);
  taken.push(claim);
}
