import type * as pulumi from "@pulumi/pulumi";

import type { Aliases } from "../engine/hand-over";
import type { Readiness } from "../health/engine";
import type { EngineUpdates } from "../engine-updates";
import type { UpdateOrder } from "../update";
import type { Declared, Lineage } from "../../deployment/plan/plan";

/** What is known of a container before it exists. */
export interface ReplacementPlan extends Lineage {
  readonly declared: Declared;
  readonly order: UpdateOrder;
  /** When it may be relied on: a service is ready and stays so, a job ends well. */
  readonly goal: { readonly service: Readiness } | { readonly job: { readonly timeoutSeconds: number } };
  readonly monitorSeconds: number;
  readonly drainSeconds: number;
  /** What the provider has no input for. */
  readonly updates: EngineUpdates;
  /** Names by network that it answers to once it is ready; resolved when the hooks run. */
  readonly aliases: pulumi.Output<Aliases>;
  /** Values that no message may show. */
  readonly secrets: pulumi.Output<readonly string[]>;
}
