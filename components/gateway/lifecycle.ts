import * as pulumi from "@pulumi/pulumi";

import { type Loaded, loadGateway } from "./engine";
import { failureText } from "../core/text/failure-report";
import { gatewayConfig, type GatewayPlan, type RoutePlan } from "./config";

import { promiseOf } from "../core/later";
import { tokens } from "../core/tokens";
import { failUpdate } from "../deployment/fail";
import type { Deployment } from "../deployment/deployment";
import type { Member } from "../deployment/member";

/** A route whose upstreams are outputs. */
export type DeclaredRoute = Omit<RoutePlan, "to"> & { readonly to: readonly pulumi.Output<string>[] };

/** The gateway of the routes. */
export interface RunningGateway {
  readonly name: string;
  readonly containerId: pulumi.Output<string>;
  readonly containerName: pulumi.Output<string>;
  /** Undefined under Pulumi's mocks. */
  readonly run: Deployment | undefined;
}

/**
 * The routes of a gateway. Its inputs are the routes, so that a preview shows changes; each `up` compares them with the
 * running configuration and loads them if they differ, together with the names of all replaced containers.
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
    if (run === undefined || pulumi.runtime.isDryRun()) {
      this.registerOutputs({ led: true });
      return;
    }
    const known = pulumi.all([containerId, containerName, pulumi.output(plan)]);
    const routes = new Routes(this, run, gateway.name);
    const ready = known.apply(([id, hostName, resolved]) => routes.declare({ id, hostName }, resolved));
    run.tasks.push(promiseOf(ready));
    this.registerOutputs({ led: ready.apply(() => run.commit()) });
  }
}

/** The member of a run for a gateway's routes. */
class Routes implements Member {
  private wanted: { readonly container: Gateway; readonly plan: GatewayPlan } | undefined;
  private loaded: Extract<Loaded, { readonly back: unknown }> | undefined;

  constructor(
    private readonly component: pulumi.Resource,
    private readonly run: Deployment,
    private readonly name: string,
  ) {
    run.members.push(this);
  }

  /** Called when all upstreams are ready. Without a previous configuration there is nothing to wait for. */
  async declare(container: Gateway, plan: GatewayPlan): Promise<boolean> {
    this.wanted = { container, plan };
    const before = (await this.run.before) ?? [];
    return before.some((each) => each.of === this.name) || this.lead();
  }

  async lead(): Promise<boolean> {
    // A failed upstream gets no traffic; the previous routes and their upstreams stay.
    if (this.wanted === undefined || this.run.failed !== undefined) return false;
    if (this.loaded !== undefined) return true;
    const { container, plan } = this.wanted;
    const loaded = await loadGateway(this.run.engine, container.id, gatewayConfig(plan)).catch(
      (error: unknown) => ({ why: error instanceof Error ? error.message : String(error) }),
    );
    if ("back" in loaded) {
      this.loaded = loaded;
      return true;
    }
    const undone = await this.run.fail(`gateway "${this.name}"`, this);
    await failUpdate(
      this.component,
      this.name,
      failureText({
        what: `gateway "${this.name}"`,
        why: `its routes were not loaded: ${loaded.why}`,
        now: ["it still serves the previous routes; their targets were not removed", ...undone].join("; "),
        next: `docker logs ${container.hostName}, correct the cause, then run pulumi up again to load the routes`,
      }),
    );
    return false;
  }

  async drain(): Promise<boolean> {
    await this.loaded?.drain(this.wanted?.plan.drainSeconds ?? 0);
    return true;
  }

  async undo(): Promise<string[]> {
    const { loaded } = this;
    this.loaded = undefined;
    await loaded?.back();
    return [];
  }
}

interface Gateway {
  readonly id: string;
  readonly hostName: string;
}
