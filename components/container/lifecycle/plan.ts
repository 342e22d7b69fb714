import type * as pulumi from "@pulumi/pulumi";

import type { Aliases } from "../engine/hand-over";
import type { Readiness } from "../health/engine";
import type { EngineUpdates } from "../engine-updates";
import type { UpdateOrder } from "../update";
import type { Declared, Lineage } from "../../deployment/plan/plan";

/** The plan of a container before it exists. */
export interface ReplacementPlan extends Lineage {
  /** The URNs that its container has and had, by the aliases of its component. */
  readonly urns: () => Promise<readonly string[]>;
  readonly declared: Declared;
  readonly order: UpdateOrder;
  /** When it counts as proven: a service is ready and stays healthy, a job succeeds. */
  readonly goal: { readonly service: Readiness } | { readonly job: { readonly timeoutSeconds: number } };
  readonly monitorSeconds: number;
  readonly drainSeconds: number;
  /** Settings without a provider input. */
  readonly updates: EngineUpdates;
  /** Its names by network once it is ready; resolved when the hooks run. */
  readonly aliases: pulumi.Output<Aliases>;
  /** Values to mask in messages. */
  readonly secrets: pulumi.Output<readonly string[]>;
}
