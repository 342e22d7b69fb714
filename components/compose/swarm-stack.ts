import * as pulumi from "@pulumi/pulumi";

import { judgeStack } from "./judge";
import { swarmLimits } from "./support/limits";
import { type SwarmStackArgs, swarmStackGuard } from "./stack-args";
import { checkOverrides, readFiles } from "./reading";
import { SwarmStackMaker } from "./swarm/maker";
import type { SwarmService } from "../swarm/swarm-service";

import { checkArgs } from "../core/check-args";
import { nameChildren } from "../core/names";
import { tokens } from "../core/tokens";

/**
 * A Compose file on a swarm: what `docker stack deploy` does, with the promises of every other component.
 *
 * Children: `<name>-<service>` -> `SwarmService`; `<name>-<image>` -> `Image`, and `RegistryPush` where it is built here and a
 * registry is given; `<name>-<network>` -> `OverlayNetwork`; `<name>-<secret>` -> `SwarmSecret`; `<name>-<config>` -> `SwarmConfig`.
 *
 * On the swarm everything has the name that `docker stack deploy` gives it, but secrets and configs, whose names end with
 * what tells their content; `docker stack ps | services | ls` find it. A service waits for those that it depends on.
 * Volumes are made by the node that runs a task, and stay there. It does not follow the defaults of Docker in three things:
 * a failed update is rolled back, the new task starts first wherever nothing forbids it, and networks are encrypted.
 *
 * @throws pulumi.ResourceError naming every fault of the files with line and column, and every key that cannot be honoured.
 * @example
 * ```ts
 * const blog = new SwarmStack("blog", { files: "compose.yaml" });
 * export const web = blog.services["web"]?.serviceName;
 * ```
 */
export class SwarmStack<Service extends string = string> extends pulumi.ComponentResource {
  /** By the names of the file. */
  readonly services: Readonly<Record<Service, SwarmService>>;
  /** The name of the stack: what everything on the swarm begins with. */
  readonly stackName: string;

  constructor(
    name: string,
    // The names come from the files alone: an override of one service says nothing of the others.
    args: SwarmStackArgs<NoInfer<Service>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.swarmStack, name, {}, opts);
    const checked = checkArgs(this, "stack", name, swarmStackGuard, args);
    const reading = readFiles(
      this,
      checked,
      (loaded) => judgeStack(loaded, Object.keys(checked.overrides ?? {}), checked.registry?.address),
      swarmLimits,
    );
    const { plan } = reading;
    checkOverrides(this, "stack", name, plan.services, checked.overrides);
    nameChildren(this, { scope: plan.stack, prefix: `${name}-`, adopts: false });

    const maker = new SwarmStackMaker(this, name, reading, checked);
    for (const service of plan.services) maker.service(service);

    this.stackName = plan.stack;
    this.services = Object.fromEntries(maker.services) as Record<Service, SwarmService>;
    this.registerOutputs({ stackName: this.stackName });
  }
}
