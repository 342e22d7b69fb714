import * as pulumi from "@pulumi/pulumi";

import { loadGateway } from "../daemon/gateway-load";
import { failureText } from "../values/evidence";
import { gatewayConfig, type GatewayPlan, type RoutePlan } from "../values/gateway-config";

import { promiseOf } from "../internal/later";
import { tokens } from "../internal/tokens";
import { failUpdate } from "./fail";
import type { Run } from "./run";

/** A route whose upstreams are known when they are ready. */
export type DeclaredRoute = Omit<RoutePlan, "to"> & { readonly to: readonly pulumi.Output<string>[] };

/** The gateway that routes are loaded into. */
export interface RunningGateway {
  readonly name: string;
  readonly containerId: pulumi.Output<string>;
  readonly containerName: pulumi.Output<string>;
  /** Undefined under Pulumi's mocks. */
  readonly run: Run | undefined;
}

/**
 * Where a gateway leads. Its inputs are the routes, so that a preview shows what changes; each `up` compares them with
 * what the gateway does and loads them where that differs. What ran before is removed when that is done.
 */
export class GatewayRoutes extends pulumi.ComponentResource {
  constructor(
    name: string,
    gateway: RunningGateway,
    plan: Omit<GatewayPlan, "routes"> & { readonly routes: readonly DeclaredRoute[] },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.gatewayRoutes, name, { ...plan }, opts);
    const { run, containerId, containerName } = gateway;
    const led =
      run === undefined || pulumi.runtime.isDryRun()
        ? pulumi.output(true)
        : pulumi
            .all([containerId, containerName, pulumi.output(plan)])
            .apply(([id, hostName, known]) => lead(this, run, gateway.name, { id, hostName }, known));
    run?.tasks.push(promiseOf(led));
    this.registerOutputs({ led });
  }
}

/** A failure fails the update in the engine's own eyes, so that nothing old is removed. */
async function lead(
  component: pulumi.Resource,
  run: Run,
  name: string,
  container: { readonly id: string; readonly hostName: string },
  plan: GatewayPlan,
): Promise<boolean> {
  // What failed is no place to lead to; the former routes stay, and so does what they lead to.
  if (run.failed !== undefined) return false;
  const why = await loadGateway(run.engine, container.id, gatewayConfig(plan), plan.drainSeconds).catch(
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (why === undefined) return true;
  run.failed ??= `gateway "${name}"`;
  await failUpdate(
    component,
    name,
    failureText({
      what: `gateway "${name}"`,
      why: `its routes were not loaded: ${why}`,
      now: "where it answers it leads where it led before; what that leads to was not removed",
      next: `docker logs ${container.hostName}, correct the cause, then run pulumi up again: the routes are loaded anew`,
    }),
  );
  return false;
}
